import type { Shot } from '../model/shotList.ts';
import type { ShownTake, Take } from '../model/take.ts';

/** The take a shot shows: the chosen one, else the newest that is neither rejected nor deleted. */
export function shownTake(shot: Shot, takes: readonly Take[]): ShownTake | undefined {
  const chosen = takes.find((take) => take.id === shot.activeTake && take.deleted === undefined);
  if (chosen !== undefined) return { id: chosen.id, number: chosen.number, as: 'active' };
  const latest = takes
    .filter((take) => take.deleted === undefined && shot.reviews?.[take.id]?.status !== 'rejected')
    .reduce<Take | undefined>(
      (newest, take) => (newest && newest.number > take.number ? newest : take),
      undefined,
    );
  return latest && { id: latest.id, number: latest.number, as: 'latest' };
}
