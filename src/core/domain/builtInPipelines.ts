import { PipelineDefinition } from '../model/pipelineDefinition.ts';
import { qualityMapping } from './qualityMapping.ts';

/** The pipelines that come with Auteur, by their ids; `make pipelines` builds their images. */
export const builtInPipelines: ReadonlyMap<string, PipelineDefinition> = new Map(
  Object.entries(qualityMapping).map(([quality, { pipeline, vramGb, optimizations, purpose }]) => [
    pipeline,
    PipelineDefinition.parse({
      kind: 'container',
      name: `FLUX (${quality})`,
      description: `For ${purpose}.`,
      image: pipeline,
      vramGb,
      memoryGb: 48,
      parameters: { quality, optimizations: [...optimizations] },
    }),
  ]),
);
