import { AuteurError } from '../../core/errors.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { BeatRef } from '../../providers/contributions.ts';
import type { PartNeeds } from './parts.ts';

/**
 * A beat as it is now.
 * @throws AuteurError `beat-unknown`
 */
export async function readBeat(
  { studio }: Pick<PartNeeds, 'studio'>,
  { root, beat }: BeatRef,
): Promise<BeatView> {
  const beats = await studio.beats(root);
  const found =
    beats.find(({ id }) => id === beat) ??
    beats.find(({ number }) => /^\d+$/.test(beat) && number === Number(beat));
  if (found === undefined) throw new AuteurError('beat-unknown', { beat });
  return found;
}
