import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import type { EngineImage } from '../../containers/engineImage.ts';

/** Says of an image what it was built from: the digest of the folder. */
export const buildLabel = 'auteur.build';

/**
 * The image of a definition; undefined where it is not here. What was built of something else is another, whatever its
 * name; what somebody else has built under that name, who put no label on it, is taken.
 */
export async function imageOf(
  engine: ContainerEngine,
  { image, build }: ContainerDefinition,
): Promise<EngineImage | undefined> {
  const here = await engine.image(image);
  const builtOf = here?.labels[buildLabel];
  return build === undefined || builtOf === undefined || builtOf === build.digest ? here : undefined;
}
