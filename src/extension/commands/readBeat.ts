import { AuteurError } from '../../core/errors.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { BeatRef } from '../../providers/contributions.ts';
import type { PartNeeds } from './parts.ts';

type Needs = Pick<PartNeeds, 'studio'>;

/**
 * A beat as it is now.
 * @throws AuteurError `beat-unknown`
 */
export async function readBeat({ studio }: Needs, { root, beat }: BeatRef): Promise<BeatView> {
  return findBeat(await studio.beats(root), beat);
}

/** Beats of one film, in the order they are asked for. */
export async function readBeats({ studio }: Needs, refs: readonly BeatRef[]): Promise<readonly BeatView[]> {
  const [first] = refs;
  if (first === undefined) return [];
  const beats = await studio.beats(first.root);
  return refs.map(({ beat }) => findBeat(beats, beat));
}

/**
 * A beat without an id goes by its place in the list, which may hold another one since the user was asked.
 * @throws AuteurError `beat-unknown`
 */
export async function requireSame(
  needs: Needs,
  refs: readonly BeatRef[],
  before: readonly BeatView[],
): Promise<void> {
  const now = await readBeats(needs, refs);
  const other = before.find(({ id, name }, index) => id === undefined && name !== now[index]?.name);
  if (other !== undefined) throw new AuteurError('beat-unknown', { beat: other.name });
}

function findBeat(beats: readonly BeatView[], beat: string): BeatView {
  const found = beats.find(({ id }) => id === beat) ?? beats.find(({ number }) => String(number) === beat);
  if (found === undefined) throw new AuteurError('beat-unknown', { beat });
  return found;
}
