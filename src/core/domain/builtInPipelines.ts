import { ContainerDefinition } from '../model/pipelineDefinition.ts';
import { qualityMapping } from './qualityMapping.ts';

/** The pipelines that come with Auteur, by their ids, but for what their images are built from. */
export const builtInPipelines: ReadonlyMap<string, ContainerDefinition> = new Map(
  Object.entries(qualityMapping).map(([quality, { pipeline, vramGb, optimizations, purpose }]) => [
    pipeline,
    ContainerDefinition.parse({
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
