import type { AuteurError } from '../../core/errors.ts';
import type { PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import type { PipelineRef } from '../../core/model/take.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import type { Engine, ImageHere } from './pipelineEntry.ts';

/** An engine that runs definitions of one kind. */
export interface EngineOf<D extends PipelineDefinition> {
  pipeline(ref: PipelineRef, definition: D): Pipeline;
  version(definition: D): Promise<string>;
  vramMb?(definition: D): Promise<number>;
  image(definition: D): Promise<ImageHere | undefined>;
  obstacle(id: string, definition: D): Promise<AuteurError | undefined>;
  sweep: Engine['sweep'];
  readonly lookAfter?: Engine['lookAfter'];
}

/** Puts an engine of one kind where definitions of every kind are known. */
export function engineFor<K extends PipelineDefinition['kind']>(
  kind: K,
  engine: EngineOf<Extract<PipelineDefinition, { kind: K }>>,
): Engine {
  const own = (definition: PipelineDefinition): Extract<PipelineDefinition, { kind: K }> => {
    if (isOfKind(definition, kind)) return definition;
    throw new TypeError(`A ${definition.kind} pipeline was given to the engine of ${kind} ones.`);
  };
  const { lookAfter } = engine;
  return {
    ...(lookAfter === undefined ? {} : { lookAfter }),
    pipeline: (ref, definition) => engine.pipeline(ref, own(definition)),
    version: async (definition) => engine.version(own(definition)),
    vramMb: async (definition) => engine.vramMb?.(own(definition)),
    image: async (definition) => engine.image(own(definition)),
    obstacle: async (id, definition) => engine.obstacle(id, own(definition)),
    sweep: (outcome, signal) => engine.sweep(outcome, signal),
  };
}

function isOfKind<K extends PipelineDefinition['kind']>(
  definition: PipelineDefinition,
  kind: K,
): definition is Extract<PipelineDefinition, { kind: K }> {
  return definition.kind === kind;
}
