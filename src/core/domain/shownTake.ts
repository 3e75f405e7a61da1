import type { Shot } from '../model/shotList.ts';
import type { ShownTake, Take } from '../model/take.ts';

type RecordedTake = Pick<Take, 'id' | 'number' | 'deleted'>;

/** The take a shot shows: the chosen one, else the newest that is neither rejected nor deleted. */
export function shownTake(shot: Shot, takes: readonly RecordedTake[]): ShownTake | undefined {
  const chosen = takes.find((take) => take.id === shot.activeTake && take.deleted === undefined);
  if (chosen !== undefined) return { id: chosen.id, number: chosen.number, as: 'active' };
  const latest = takes
    .filter((take) => take.deleted === undefined && shot.reviews?.[take.id]?.status !== 'rejected')
    .reduce<RecordedTake | undefined>(
      (newest, take) => (newest && newest.number > take.number ? newest : take),
      undefined,
    );
  return latest && { id: latest.id, number: latest.number, as: 'latest' };
}
