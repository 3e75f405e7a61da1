import type { Git } from '../git.ts';

/** What of a path Git has not merged: as it was before both branches (1), as it is here (2) and there (3). */
export interface UnmergedStage {
  readonly blob: string;
  readonly stage: 1 | 2 | 3;
  readonly path: string;
}

const stages = { '1': 1, '2': 2, '3': 3 } as const;

/** What Git has left unmerged, from its index. */
export async function unmergedStages(git: Git): Promise<readonly UnmergedStage[]> {
  const printed = await git.run(['ls-files', '--unmerged', '-z']);
  return printed.split('\0').flatMap((line) => {
    const [, blob, stage, path] = /^\d+ ([0-9a-f]+) ([123])\t(.+)$/s.exec(line) ?? [];
    if (blob === undefined || path === undefined) return [];
    return [{ blob, path, stage: stages[stage === '1' || stage === '2' ? stage : '3'] }];
  });
}
