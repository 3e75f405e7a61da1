import { awaitsWord, type PipelineView } from '../core/protocol/pipelineViews.ts';
import type { JobView } from '../core/protocol/views.ts';

/** The pipeline that the storyboard stands in for, where all it needs is the word of the user. */
export function stoodInFor(
  jobs: readonly Pick<JobView, 'fallback'>[],
  pipelines: readonly PipelineView[],
): PipelineView | undefined {
  const names = new Set(jobs.flatMap(({ fallback }) => fallback?.from ?? []));
  return pipelines.find(
    ({ id, obstacle }) => names.has(id) && obstacle !== undefined && awaitsWord.has(obstacle.code),
  );
}
