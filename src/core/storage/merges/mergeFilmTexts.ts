import { mergeTexts, shotIdsIn, type MergedTexts } from '../../domain/merge/mergeTexts.ts';
import type { TextVersions } from '../../domain/merge/settleMoves.ts';
import { AuteurError } from '../../errors.ts';
import type { Git } from '../git.ts';
import { checkJsonText, editJsonText, readUtf8, writeText } from '../jsonFile.ts';
import { parseJsonText } from '../jsonText.ts';
import { unsavedText } from '../openDocuments.ts';
import { resolveInside } from '../projectPath.ts';
import { editsBetween } from './editsBetween.ts';
import { otherLists, type OtherList } from './otherLists.ts';
import { stagePaths } from './stagePaths.ts';
import type { UnmergedStage } from './unmergedStages.ts';
import { notMerged, unmergedTexts, type Impossible, type UnmergedText } from './unmergedTexts.ts';

export interface MergedFilmTexts extends Pick<MergedTexts, 'disagreements' | 'newNumbers'> {
  /** Relative to the project; they are staged. */
  readonly paths: readonly string[];
  /** What was left as it is, with the reason. */
  readonly impossible: Impossible;
}

interface Written {
  readonly path: string;
  readonly text: string;
}

/**
 * Merges, by id, the texts that Git could not merge line by line, and stages them.
 * Safe to repeat after a crash, because Git holds the versions until they are staged.
 */
export async function mergeFilmTexts(git: Git, stages: readonly UnmergedStage[]): Promise<MergedFilmTexts> {
  const { texts, impossible } = await unmergedTexts(git, stages);
  const refused = new Map(impossible);
  let left = texts;
  while (left.length > 0) {
    const others = await otherLists(git.root, left);
    const { written, failed, disagreements, newNumbers } = merged(left, others);
    for (const one of left) {
      const why = failed.get(one.path) ?? (await obstacle(git.root, one, written));
      if (why !== undefined) refused.set(one.path, why);
    }
    const possible = left.filter(({ path }) => !refused.has(path));
    // What moved into a text that stays as it is must not leave the one it was in.
    if (possible.length < left.length) {
      left = possible;
      continue;
    }
    for (const { path, text } of written) await write(git.root, path, text);
    const paths = written.map(({ path }) => path);
    await stagePaths(git, paths);
    return { paths, disagreements, newNumbers, impossible: refused };
  }
  return { paths: [], disagreements: [], newNumbers: [], impossible: refused };
}

interface Merged extends Omit<MergedTexts, 'texts'> {
  readonly written: readonly Written[];
  readonly failed: Impossible;
}

function merged(texts: readonly UnmergedText[], others: readonly OtherList[]): Merged {
  const { texts: values, ...told } = mergeTexts(versionsOf(texts, others));
  const failed = new Map<string, AuteurError>();
  const written: Written[] = [];
  for (const { path, text, ours, kind } of texts) {
    const after = editJsonText(text, editsBetween(ours, values[path]));
    try {
      checkJsonText(after, kind.schema);
      written.push({ path, text: after });
    } catch (error) {
      if (!AuteurError.is(error, 'value-invalid')) throw error;
      failed.set(path, notMerged(path, `what came of it would not be valid (${error.message})`));
    }
  }
  for (const { path, text, value } of others) {
    const edits = editsBetween(value, values[path]);
    if (edits.length > 0) written.push({ path, text: editJsonText(text, edits) });
  }
  return { ...told, written, failed };
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

/** What keeps a text from being written over: that somebody has merged it, or is typing in it. */
async function obstacle(
  root: string,
  { path }: UnmergedText,
  written: readonly Written[],
): Promise<AuteurError | undefined> {
  const absolute = await resolveInside(root, path);
  if (unsavedText(absolute) !== undefined) return notMerged(path, 'it has changes that are not saved');
  const now = await readUtf8(absolute);
  if (now === written.find((one) => one.path === path)?.text) return undefined;
  return 'problem' in parseJsonText(now) ? undefined : notMerged(path, 'it was merged by hand already');
}

async function write(root: string, path: string, after: string): Promise<void> {
  const absolute = await resolveInside(root, path);
  const before = await readUtf8(absolute);
  if (before !== after) await writeText({ path: absolute, before, after });
}
