import { qualityMapping } from '../../core/domain/qualityMapping.ts';
import { AuteurError } from '../../core/errors.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { Fallback, PipelineRef } from '../../core/model/take.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';

export interface ChosenPipeline {
  readonly pipeline: PipelineRef;
  readonly fallback?: Fallback;
}

const notHere = 'this version runs no container pipelines';

/**
 * The pipeline that makes a take: the one asked for, else the tier's own, else the storyboard, which says so.
 * @throws AuteurError `pipeline-unknown`, `pipeline-unavailable` where an explicit choice cannot run
 */
export function choosePipeline(
  pipelines: ReadonlyMap<string, Pipeline>,
  quality: Quality,
  explicit: string | undefined,
): ChosenPipeline {
  const mapped = qualityMapping[quality].pipeline;
  const wanted = explicit === undefined || explicit === 'auto' ? mapped : explicit;
  const found = pipelines.get(wanted);
  if (found !== undefined) return { pipeline: found.ref };
  if (wanted !== mapped || explicit === mapped) throw unavailable(pipelines, wanted);
  const storyboard = pipelines.get('storyboard');
  if (storyboard === undefined) throw unavailable(pipelines, 'storyboard');
  return { pipeline: storyboard.ref, fallback: { from: mapped, reason: notHere } };
}

function unavailable(pipelines: ReadonlyMap<string, Pipeline>, pipeline: string): AuteurError {
  const shipped = Object.values(qualityMapping).some((tier) => tier.pipeline === pipeline);
  if (shipped) return new AuteurError('pipeline-unavailable', { pipeline, reason: notHere });
  return new AuteurError('pipeline-unknown', { pipeline, known: [...pipelines.keys()].join(', ') });
}
