import { legible } from '../core/domain/legible.ts';
import type { JobView } from '../core/protocol/views.ts';
import type { Translate } from './translate.ts';

/** What stands in for a pipeline that cannot run here; each cause once, however many takes it is about. */
export function fallbackLines(
  t: Translate,
  takes: readonly Pick<JobView, 'fallback' | 'pipeline'>[],
): readonly string[] {
  const lines = takes.flatMap(({ fallback, pipeline }) => {
    if (fallback === undefined) return [];
    const { from, reason } = fallback;
    return [t('{pipeline} stands in for {from}: {reason}', { pipeline: pipeline.id, from, reason })];
  });
  return [...new Set(lines)].map(legible);
}
