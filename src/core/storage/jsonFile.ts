import { readFile, stat } from 'node:fs/promises';
import { applyEdits, modify, parse, printParseErrorCode, type JSONPath, type ParseError } from 'jsonc-parser';
import type * as z from 'zod';
import { AuteurError, systemCode } from '../errors.ts';
import { writeFileAtomic } from './atomicFile.ts';

const maxBytes = 64 * 1024 * 1024;

export interface JsonFile<T> {
  readonly path: string;
  readonly text: string;
  readonly value: T;
}

/** Sets one value of a JSON file; `undefined` removes it; an index of -1 appends to an array. */
export interface JsonEdit {
  readonly path: JSONPath;
  readonly value: unknown;
}

/**
 * Reads and checks one JSON file.
 * @throws AuteurError `file-unreadable` with the place where it does not parse or does not fit.
 */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<JsonFile<T>> {
  const text = await readText(path);
  const errors: ParseError[] = [];
  const raw: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first !== undefined) {
    throw new AuteurError('file-unreadable', {
      path,
      reason: `${words(first)} at ${place(text, first.offset)}`,
    });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { path, text, value: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  throw new AuteurError('file-unreadable', {
    path,
    reason: `${where === '' ? '' : `${where}: `}${issue?.message ?? 'wrong shape'}`,
  });
}

/** A newly made document as it is written: two spaces, a line feed at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Writes only what was meant: key order, layout and unknown fields of the rest are kept.
 * @throws AuteurError `file-changed` where the file is no longer what was read.
 */
export async function editJsonFile(file: JsonFile<unknown>, edits: readonly JsonEdit[]): Promise<void> {
  const edited = editJsonText(file.text, edits);
  if ((await readText(file.path)) !== file.text) throw new AuteurError('file-changed', { path: file.path });
  await writeFileAtomic(file.path, edited);
}

export function editJsonText(text: string, edits: readonly JsonEdit[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return edits.reduce(
    (current, { path, value }) =>
      applyEdits(
        current,
        modify(current, path, value, {
          formattingOptions: { insertSpaces: !/^\t/m.test(current), tabSize: indent(current), eol },
          isArrayInsertion: path.at(-1) === -1,
        }),
      ),
    text,
  );
}

function indent(text: string): number {
  return /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw new AuteurError('file-unreadable', { path, reason: 'it is larger than 64 MiB' });
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'it is not there' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new AuteurError('file-unreadable', { path, reason }, { cause: error });
  }
}

function words(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
