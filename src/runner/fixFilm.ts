import type { CommitState } from '../core/model/job.ts';
import type { FixedTakes } from '../core/protocol/fixedTakes.ts';
import { fixTakes } from '../core/storage/merges/fixTakes.ts';
import { mendFilm, needsMending, type MendedFilm } from '../core/storage/merges/mendFilm.ts';
import { stagingMended } from '../core/storage/merges/stagingMended.ts';

type Mend = () => Promise<MendedFilm>;

interface Desk {
  readonly commits: boolean;
  /** Makes an edit, commits it where the studio does, and tells of it. */
  readonly edit: (mend: Mend) => Promise<{ readonly edit: MendedFilm; readonly commit?: CommitState }>;
  /** Makes it and tells of it alone. */
  readonly leave: (mend: Mend) => Promise<MendedFilm>;
}

/**
 * Brings together what two branches have made of a film: what Git could not merge, and what it has merged line by line
 * although it cannot stand side by side.
 * @throws AuteurError as `fixTakes` and `mendFilm`
 */
export async function fixFilm(root: string, desk: Desk): Promise<FixedTakes> {
  const { commits } = desk;
  const fixed = await fixTakes(root, { commits });
  if (fixed.unmerged.length > 0 || !(await needsMending(root))) return fixed;
  const mend: Mend = () => mendFilm(root);
  const { edit, commit } =
    fixed.operation === undefined
      ? await desk.edit(mend)
      : // It is part of what the user is about to commit.
        { edit: await stagingMended(root, () => desk.leave(mend)), commit: undefined };
  const moved = edit.movesTakes ? await fixTakes(root, { commits }) : undefined;
  const last = latest([fixed.commit, commit, moved?.commit]);
  return {
    ...fixed,
    renumbered: [...fixed.renumbered, ...(moved?.renumbered ?? [])],
    notes: [...fixed.notes, ...edit.notes],
    ...(last === undefined ? {} : { commit: last }),
  };
}

/** The first that waits tells what keeps the others waiting too. */
function latest(commits: readonly (CommitState | undefined)[]): CommitState | undefined {
  const made = commits.filter((one) => one !== undefined);
  return made.find(({ state }) => state === 'pending') ?? made.at(-1);
}
