import { qualityMapping } from '../../core/domain/qualityMapping.ts';
import { toFailure } from '../../core/errors.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { PipelineList, PipelineView } from '../../core/protocol/pipelineViews.ts';
import {
  notAllowed,
  whatRuns,
  type CatalogueContents,
  type CatalogueNeeds,
  type PipelineEntry,
} from './pipelineEntry.ts';

/** The pipelines a film can be made with, and which of them could run now. */
export async function listPipelines(
  { storyboard, engines, config, allowed }: CatalogueNeeds,
  { entries, problems }: CatalogueContents,
  place: string,
): Promise<PipelineList> {
  const { pipelines: mapping, fallback } = await config.read();
  const qualitiesOf = (id: string): readonly Quality[] =>
    (Object.keys(qualityMapping) as Quality[]).filter(
      (quality) => (mapping[quality] ?? qualityMapping[quality].pipeline) === id,
    );
  const viewOf = async ({ id, definition, origin, file }: PipelineEntry): Promise<PipelineView> => {
    const { kind, name, description, vramGb } = definition;
    const isHeld = origin === 'workspace' && !allowed.has(definition);
    const obstacle = isHeld
      ? notAllowed({ id, definition }, place)
      : await engines[kind].obstacle(id, definition, origin !== 'built-in');
    return {
      ...{ id, kind, origin, vramGb, runs: whatRuns(definition), qualities: qualitiesOf(id) },
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(file === undefined ? {} : { file }),
      ...(obstacle === undefined ? {} : { obstacle: toFailure(obstacle) }),
    };
  };
  const { id, kind } = storyboard.ref;
  const builtIn = { id, kind, origin: 'built-in' as const, vramGb: 0, qualities: qualitiesOf(id) };
  return { pipelines: [builtIn, ...(await Promise.all(entries.map(viewOf)))], problems, fallback };
}
