import { createHash } from 'node:crypto';
import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';
import * as z from 'zod';
import { editJsonText } from '../jsonFile.ts';
import { differenceOf } from '../textDifference.ts';

/** Numbers that were given stay given, so these only grow, whatever is undone. */
const counterPaths: readonly JSONPath[] = [
  ['nextNumber'],
  ['narrative', 'nextNumber'],
  ['narrative', 'nextSceneNumber'],
];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How one file went from one text to another, compared without its counters. */
export const FileMove = z.object({
  /** Relative to the project. */
  path: z.string(),
  /** SHA-256 of the text before, and of the text after; missing where there was no file. */
  before: sha256.optional(),
  after: sha256.optional(),
  /** Where the texts differ, in UTF-16 units; the whole text where one of them is missing. */
  at: z.int().nonnegative(),
  removed: z.string(),
  added: z.string(),
});
export type FileMove = z.infer<typeof FileMove>;

/** A file's text before and after an edit; `undefined` where there is no file. */
interface FileTexts {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export function fileMove({ path, before, after }: FileTexts): FileMove {
  const hashes = {
    ...(before === undefined ? {} : { before: hashOf(withoutCounters(before)) }),
    ...(after === undefined ? {} : { after: hashOf(withoutCounters(after)) }),
  };
  // A file that comes or goes is kept whole, with its counters.
  const difference =
    before === undefined || after === undefined
      ? { at: 0, removed: before ?? '', added: after ?? '' }
      : changeOf(withoutCounters(before), withoutCounters(after));
  return { path, ...hashes, ...difference };
}

/** Whether a file's text is still what the move left, but for its counters. */
function isAsLeft(move: FileMove, text: string | undefined): boolean {
  return move.after === (text === undefined ? undefined : hashOf(withoutCounters(text)));
}

/**
 * The former text byte for byte, with the counters as they are now.
 * @returns undefined where the text is not what the move left, or where the file was not there before
 */
export function formerText(move: FileMove, text: string | undefined): string | undefined {
  if (!isAsLeft(move, text) || move.before === undefined) return undefined;
  if (text === undefined) return move.removed;
  const bare = withoutCounters(text);
  const former = bare.slice(0, move.at) + move.removed + bare.slice(move.at + move.added.length);
  return hashOf(former) === move.before ? withCounters(former, countersOf(text)) : undefined;
}

interface Counter {
  readonly path: JSONPath;
  readonly value: unknown;
}

function countersOf(text: string): readonly Counter[] {
  const tree = parseTree(text.replace(/^\uFEFF/, ''));
  return counterPaths.flatMap((path) => {
    const found: Node | undefined = tree === undefined ? undefined : findNodeAtLocation(tree, path);
    return found?.type === 'number' ? [{ path, value: found.value as unknown }] : [];
  });
}

function withCounters(text: string, counters: readonly Counter[]): string {
  return editJsonText(text, counters);
}

function withoutCounters(text: string): string {
  return withCounters(
    text,
    countersOf(text).map(({ path }) => ({ path, value: 0 })),
  );
}

function changeOf(before: string, after: string): Pick<FileMove, 'at' | 'removed' | 'added'> {
  const { offset, length, text } = differenceOf(before, after);
  return { at: offset, removed: before.slice(offset, offset + length), added: text };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
