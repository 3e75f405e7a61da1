import { AuteurError } from '../core/errors.ts';
import type { StaleShot } from '../core/protocol/recipe.ts';

/**
 * Those of the stale shots that have no take yet of what the film says now: where another take is the active one,
 * it stays stale on screen, and asking again must not make the same take a second time.
 * @throws AuteurError `nothing-stale`, `stale-remade`
 */
export function shotsToRemake(shots: readonly StaleShot[], where: string): readonly StaleShot[] {
  if (shots.length === 0) throw new AuteurError('nothing-stale', { where });
  const wanted = shots.filter(({ fresh }) => fresh === undefined);
  if (wanted.length > 0) return wanted;
  const [first] = shots;
  throw new AuteurError('stale-remade', { where, address: first?.address ?? '', number: first?.fresh ?? 0 });
}
