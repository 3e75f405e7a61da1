import { dirname } from 'node:path';
import { mergeTexts, shotIdsIn, type MergedTexts } from '../../domain/merge/mergeTexts.ts';
import type { Texts, TextVersions } from '../../domain/merge/settleMoves.ts';
import { AuteurError } from '../../errors.ts';
import { makeFolderDurably, writeFileAtomic } from '../atomicFile.ts';
import type { Git } from '../git.ts';
import { checkJsonText, editJsonText, readUtf8, writeText } from '../jsonFile.ts';
import { parseJsonText } from '../jsonText.ts';
import { unsavedText } from '../openDocuments.ts';
import { isThere } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import { editsBetween } from './editsBetween.ts';
import { otherLists, type OtherList } from './otherLists.ts';
import type { UnmergedStage } from './unmergedStages.ts';
import { notMerged, unmergedTexts, type Impossible, type UnmergedText } from './unmergedTexts.ts';

export interface MergedFilmTexts extends Omit<MergedTexts, 'texts' | 'moved'> {
  /** Relative to the project; they are written, and not staged yet. */
  readonly paths: readonly string[];
  /** What was left as it is, with the reason. */
  readonly impossible: Impossible;
}

export const nothingMerged: MergedFilmTexts = {
  paths: [],
  disagreements: [],
  newNumbers: [],
  newFolders: [],
  newAssets: [],
  impossible: new Map(),
};

interface Written {
  readonly path: string;
  readonly text: string;
}

/**
 * Merges, by id, the texts that Git could not merge line by line.
 * Safe to repeat after a crash, because Git holds the versions until they are staged.
 */
export async function mergeFilmTexts(git: Git, stages: readonly UnmergedStage[]): Promise<MergedFilmTexts> {
  const { texts, impossible } = await unmergedTexts(git, stages);
  const refused = new Map(impossible);
  let left = texts;
  while (left.length > 0) {
    const others = await otherLists(git.root, left);
    const all = merged(left, others);
    const { written, failed, disagreements, newNumbers, newFolders, newAssets } = all;
    for (const one of left) {
      const why = failed.get(one.path) ?? (await refusal(obstacle(git.root, one, all)));
      if (why !== undefined) refused.set(one.path, why);
    }
    const possible = left.filter(({ path }) => !refused.has(path));
    // What moved into a text that stays as it is must not leave the one it was in.
    if (possible.length < left.length) {
      left = possible;
      continue;
    }
    const paths: string[] = [];
    for (const { path, text } of written) if (await write(git.root, path, text)) paths.push(path);
    return { paths, disagreements, newNumbers, newFolders, newAssets, impossible: refused };
  }
  return { ...nothingMerged, impossible: refused };
}

interface Merged extends Omit<MergedTexts, 'texts'> {
  readonly written: readonly Written[];
  readonly failed: Impossible;
}

function merged(texts: readonly UnmergedText[], others: readonly OtherList[]): Merged {
  const twins = texts.flatMap(({ path, twin }) => (twin === undefined ? [] : path));
  const { texts: values, ...told } = mergeTexts(versionsOf(texts, others), twins);
  const failed = new Map<string, AuteurError>();
  const written: Written[] = [];
  for (const one of texts) {
    try {
      written.push(...textsOf(one, values, told.moved));
    } catch (error) {
      if (AuteurError.is(error, 'merge-impossible')) failed.set(one.path, error);
      else if (!AuteurError.is(error, 'value-invalid')) throw error;
      else failed.set(one.path, notMerged(one.path, `what came of it would not be valid (${error.message})`));
    }
  }
  for (const { path, text, value } of others) {
    const edits = editsBetween(value, values[path]);
    if (edits.length > 0) written.push({ path, text: editJsonText(text, edits) });
  }
  return { ...told, written, failed };
}

/** @throws AuteurError `merge-impossible`, `value-invalid` */
function textsOf(
  { path, kind, text, ours, theirs, twin }: UnmergedText,
  values: Texts,
  moved: MergedTexts['moved'],
): readonly Written[] {
  const written: Written[] = [{ path, text: editJsonText(text, editsBetween(ours, values[path])) }];
  if (twin !== undefined) {
    const place = moved.get(path);
    if (place === undefined)
      throw notMerged(path, 'each branch has made a scene or an asset of its own with this file');
    written.push({ path: place, text: editJsonText(twin, editsBetween(theirs, values[place])) });
  }
  for (const one of written) checkJsonText(one.text, kind.schema);
  return written;
}

/** A list that Git has merged is the same in all versions, but for shots that stand in an unmerged one there. */
function versionsOf(texts: readonly UnmergedText[], others: readonly OtherList[]): TextVersions {
  const side = (name: 'base' | 'ours' | 'theirs'): Record<string, unknown> => {
    const own = texts.map((text): [string, unknown] => [text.path, text[name]]);
    const ids = new Set(own.flatMap(([, value]) => shotIdsIn(value)));
    const around = others.map(({ path, value }): [string, unknown] => [
      path,
      { ...value, shots: value.shots.filter(({ id }) => !ids.has(id)) },
    ]);
    return Object.fromEntries([...own, ...around]);
  };
  return { base: side('base'), ours: side('ours'), theirs: side('theirs') };
}

/** A text that cannot be looked at, such as a link that leads out of the project, hinders no other. */
async function refusal(looking: Promise<AuteurError | undefined>): Promise<AuteurError | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (AuteurError.is(error)) return error;
    throw error;
  }
}

/** What keeps a text from being written over: that somebody has merged it, or is typing in it. */
async function obstacle(
  root: string,
  { path, twin }: UnmergedText,
  { written, moved }: Pick<Merged, 'written' | 'moved'>,
): Promise<AuteurError | undefined> {
  const absolute = await resolveInside(root, path);
  if (unsavedText(absolute) !== undefined) return notMerged(path, 'it has changes that are not saved');
  const now = await readUtf8(absolute);
  const place = twin === undefined ? undefined : moved.get(path);
  if (place !== undefined && !(await isFree(root, place, written)))
    return notMerged(path, `${place}, where that of the other branch should go, is there already`);
  if (now === textAt(written, path)) return undefined;
  return 'problem' in parseJsonText(now) ? undefined : notMerged(path, 'it was merged by hand already');
}

async function isFree(root: string, path: string, written: readonly Written[]): Promise<boolean> {
  const absolute = await resolveInside(root, path);
  return !(await isThere(absolute)) || (await readUtf8(absolute)) === textAt(written, path);
}

function textAt(written: readonly Written[], path: string): string | undefined {
  return written.find((one) => one.path === path)?.text;
}

/** @returns false where it is not on disk, because a window has it in a document that could not be saved */
async function write(root: string, path: string, after: string): Promise<boolean> {
  const absolute = await resolveInside(root, path);
  if (!(await isThere(absolute))) {
    await makeFolderDurably(dirname(absolute));
    await writeFileAtomic(absolute, after);
    return true;
  }
  const before = await readUtf8(absolute);
  if (before !== after) await writeText({ path: absolute, before, after });
  return unsavedText(absolute) === undefined;
}
