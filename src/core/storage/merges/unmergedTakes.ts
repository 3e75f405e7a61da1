import { basename, dirname } from 'node:path/posix';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { prefixOf } from '../../domain/renumberTake.ts';
import type { Take } from '../../model/take.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { takeIn } from '../edits/takeOps.ts';
import type { Git } from '../git.ts';
import { unmergedStages } from './unmergedStages.ts';

export type Side = 2 | 3;

/** One take number that Git could not merge, because both branches have made a take of it. */
export interface UnmergedTake {
  readonly folder: RelativePath;
  readonly prefix: string;
  readonly number: number;
  /** Of the sidecar, relative to the project. */
  readonly path: RelativePath;
  /** What each branch has; undefined where its sidecar cannot be read. */
  readonly takes: Readonly<Record<Side, Take | undefined>>;
  /** The files that are unmerged, with the sides that have them. */
  readonly files: ReadonlyMap<string, readonly Side[]>;
}

interface Stage {
  readonly blob: string;
  readonly side: Side;
  readonly path: string;
}

/** What Git has left unmerged of takes, from its index. */
export async function unmergedTakes(git: Git): Promise<readonly UnmergedTake[]> {
  const groups = new Map<string, Stage[]>();
  for (const { blob, path, stage: side } of await unmergedStages(git)) {
    if (side === 1) continue;
    const stage = { blob, path, side };
    const number = parseTakeFileName(basename(stage.path))?.number;
    const prefix = prefixOf(basename(stage.path));
    if (number === undefined || prefix === undefined || !RelativePath.safeParse(stage.path).success) continue;
    const key = `${dirname(stage.path)}/${prefix}/${String(number)}`;
    groups.set(key, [...(groups.get(key) ?? []), stage]);
  }
  const found = await Promise.all([...groups.values()].map((group) => unmergedTake(git, group)));
  return found.flatMap((one) => one ?? []);
}

async function unmergedTake(git: Git, stages: readonly Stage[]): Promise<UnmergedTake | undefined> {
  const sidecars = stages.filter(({ path }) => path.endsWith('.json'));
  const [first] = sidecars;
  if (first === undefined) return undefined;
  const take = async (side: Side): Promise<Take | undefined> => {
    const stage = sidecars.find((one) => one.side === side);
    return stage === undefined ? undefined : takeIn(await git.run(['cat-file', 'blob', stage.blob]));
  };
  const name = basename(first.path);
  const files = new Map<string, readonly Side[]>();
  for (const { path, side } of stages) files.set(path, [...(files.get(path) ?? []), side]);
  return {
    folder: RelativePath.parse(dirname(first.path)),
    prefix: prefixOf(name) ?? '',
    number: parseTakeFileName(name)?.number ?? 0,
    path: RelativePath.parse(first.path),
    takes: { 2: await take(2), 3: await take(3) },
    files,
  };
}
