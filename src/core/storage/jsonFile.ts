import { lstat, readFile, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
import type * as z from 'zod';
import { excerpt } from '../domain/excerpt.ts';
import { AuteurError, systemCode, type ErrorCode } from '../errors.ts';
import type { TextReplacement } from '../protocol/channel.ts';
import { announceWrite } from './announcedWrites.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { toPointer } from './jsonPointer.ts';
import { parseJsonText } from './jsonText.ts';
import { memberRemoval } from './memberRemoval.ts';
import { replaceInDocument, unsavedText } from './openDocuments.ts';
import { textChanged } from './textChanged.ts';

const maxBytes = 64 * 1024 * 1024;
const byteOrderMark = '\uFEFF';

export interface JsonFile<T> {
  readonly path: string;
  /** As it is in the open document, else on disk with its byte order mark if it has one. */
  readonly text: string;
  readonly value: T;
  readonly schema: z.ZodType<T>;
  /** The highest `schemaVersion` that this build writes. */
  readonly newest: number;
}

/** Sets one value of a JSON file; `undefined` removes it; an index of -1 appends to an array. */
export interface JsonEdit {
  readonly path: JSONPath;
  readonly value: unknown;
  /** Puts the value in front of what is at the index, instead of in its place. */
  readonly insert?: true;
}

/**
 * Reads and checks one text of the film.
 * @throws AuteurError `file-unreadable` with the place where it does not parse or does not fit,
 *   `text-in-conflict` where Git could not merge it, `schema-too-new` where it does not fit because a newer build wrote it.
 */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>, newest = Infinity): Promise<JsonFile<T>> {
  return readChecked(path, schema, { read: readUtf8, newest, inConflict: 'text-in-conflict' });
}

/** The same of a file that only we write, and that must lie where it is named: a link in its place is not followed. */
export function readOwnJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<JsonFile<T>> {
  const read = (own: string): Promise<string> => readFromDisk(own, lstat);
  return readChecked(path, schema, { read, newest: Infinity, inConflict: 'file-unreadable' });
}

interface Reading {
  readonly read: (path: string) => Promise<string>;
  readonly newest: number;
  /** What marks of a conflict are called: only texts of the film are merged by us. */
  readonly inConflict: ErrorCode;
}

type Look = (path: string) => Promise<Stats>;

async function readChecked<T>(
  path: string,
  schema: z.ZodType<T>,
  { read, newest, inConflict }: Reading,
): Promise<JsonFile<T>> {
  const text = await read(path);
  const json = parseJsonText(withoutMark(text));
  if ('problem' in json) {
    const offset = json.offset + (text.length - withoutMark(text).length);
    const code = json.isConflict === true ? inConflict : 'file-unreadable';
    throw new AuteurError(code, { path, reason: json.problem, offset });
  }
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { path, text, value: parsed.data, schema, newest };
  if (versionOf(json.value) > newest) throw new AuteurError('schema-too-new', { path });
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  throw new AuteurError('file-unreadable', {
    path,
    reason: `${where === '' ? '' : `${where}: `}${issue?.message ?? 'wrong shape'}`,
    pointer: toPointer(issue?.path ?? []),
  });
}

function requireText({ path, before }: TextReplacement, now: string): void {
  if (now !== before) throw textChanged(path, before, now);
}

function versionOf(value: unknown): number {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return 0;
  return typeof value.schemaVersion === 'number' ? value.schemaVersion : 0;
}

/** A newly made document as it is written: two spaces, a line feed at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Writes only what was meant: key order, layout and unknown fields of the rest are kept.
 * @throws AuteurError `value-invalid` where the file could not be read again with these values,
 *   `text-changed` where it is no longer what was read.
 * @returns the text as it was written
 */
export async function editJsonFile(file: JsonFile<unknown>, edits: readonly JsonEdit[]): Promise<string> {
  const edited = editJsonText(file.text, edits);
  await replaceJsonText(file, edited);
  return edited;
}

/**
 * Writes a whole text in place of the one that was read.
 * @throws AuteurError `value-invalid`, `text-changed`, as `editJsonFile`
 */
export async function replaceJsonText(file: JsonFile<unknown>, text: string): Promise<void> {
  checkJsonText(text, file.schema);
  await writeText({ path: file.path, before: file.text, after: text });
}

/** @throws AuteurError `text-changed` where the file no longer holds what is to be replaced, `file-unreadable` */
export async function writeText(replacement: TextReplacement): Promise<void> {
  const { path, before, after } = replacement;
  requireText(replacement, await readUtf8(path));
  const isReplaced = await replaceInDocument(replacement);
  if (isReplaced === true) return;
  if (isReplaced === false) {
    // Its document may have been saved or closed meanwhile: what is overwritten is looked at itself.
    if (unsavedText(path) !== undefined) throw textChanged(path, before, await readUtf8(path));
    requireText(replacement, await readFromDisk(path, stat));
  }
  await announceWrite(path, after);
  await writeFileAtomic(path, after);
}

/** @throws AuteurError `value-invalid` where a text that is about to be written could not be read again */
export function checkJsonText<T>(text: string, schema: z.ZodType<T>): T {
  const json = parseJsonText(withoutMark(text));
  if ('problem' in json) {
    throw new AuteurError('value-invalid', { name: 'file', value: 'edited', reason: json.problem });
  }
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AuteurError('value-invalid', {
    name: issue?.path.map(String).join('.') ?? '',
    value: shown(valueAt(json.value, issue?.path ?? [])),
    reason: issue?.message ?? 'wrong shape',
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  return excerpt(typeof value === 'string' ? value : JSON.stringify(value));
}

export function editJsonText(text: string, edits: readonly JsonEdit[]): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edited = edits.reduce(
    (current, { path, value, insert }) =>
      applyEdits(
        current,
        (value === undefined ? memberRemoval(current, path) : undefined) ??
          modify(current, path, value, {
            formattingOptions: { insertSpaces: !/^\t/m.test(current), tabSize: indent(current), eol },
            isArrayInsertion: insert === true || path.at(-1) === -1,
          }),
      ),
    withoutMark(text),
  );
  return mark + edited;
}

// jsonc-parser does not know the mark.
function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function indent(text: string): number {
  return /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
}

/** The text of a file: what stands unsaved in its open document, else as it is on disk with its byte order mark if it has one. */
export async function readUtf8(path: string): Promise<string> {
  return unsavedText(path) ?? readFromDisk(path, stat);
}

async function readFromDisk(path: string, look: Look): Promise<string> {
  const bytes = await readBytes(path, look);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AuteurError('file-unreadable', { path, reason: 'it is not UTF-8' }, { cause: error });
  }
}

async function readBytes(path: string, look: Look): Promise<Uint8Array> {
  try {
    const found = await look(path);
    // Opening a pipe would wait for whoever writes to it.
    if (!found.isFile() && !found.isDirectory()) {
      const reason = found.isSymbolicLink() ? 'it is a link' : 'it is not a regular file';
      throw new AuteurError('file-unreadable', { path, reason });
    }
    if (found.size > maxBytes)
      throw new AuteurError('file-unreadable', { path, reason: 'it is larger than 64 MiB' });
    return await readFile(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'it is not there' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new AuteurError('file-unreadable', { path, reason }, { cause: error });
  }
}
