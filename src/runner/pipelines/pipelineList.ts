import { qualityMapping } from '../../core/domain/qualityMapping.ts';
import { toFailure, type AuteurError } from '../../core/errors.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { Obstacle, PipelineList, PipelineView } from '../../core/protocol/pipelineViews.ts';
import {
  whatRuns,
  type CatalogueContents,
  type CatalogueNeeds,
  type PipelineEntry,
} from './pipelineEntry.ts';
import { imageHere, objection, unfetched } from './userWord.ts';

/** The pipelines a film can be made with, and which of them could run now. */
export async function listPipelines(
  needs: CatalogueNeeds,
  { entries, problems }: CatalogueContents,
  place: string,
): Promise<PipelineList> {
  const { storyboard, engines, config } = needs;
  const { pipelines: mapping, fallback } = await config.read();
  const qualitiesOf = (id: string): readonly Quality[] =>
    (Object.keys(qualityMapping) as Quality[]).filter(
      (quality) => (mapping[quality] ?? qualityMapping[quality].pipeline) === id,
    );
  const viewOf = async (entry: PipelineEntry): Promise<PipelineView> => {
    const { id, definition, origin, file } = entry;
    const { kind, name, description, vramGb } = definition;
    const obstacle =
      (await objection(needs, entry, place)) ??
      (await engines[kind].obstacle(id, definition)) ??
      (await unfetched(needs, entry, place));
    const image = await imageHere(needs, definition);
    return {
      ...{ id, kind, origin, vramGb, runs: whatRuns(definition), qualities: qualitiesOf(id) },
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(file === undefined ? {} : { file }),
      ...(image === undefined ? {} : { image }),
      ...(obstacle === undefined ? {} : { obstacle: toObstacle(obstacle) }),
    };
  };
  const { id, kind } = storyboard.ref;
  const builtIn = { id, kind, origin: 'built-in' as const, vramGb: 0, qualities: qualitiesOf(id) };
  return { pipelines: [builtIn, ...(await Promise.all(entries.map(viewOf)))], problems, fallback };
}

function toObstacle(error: AuteurError): Obstacle {
  return { ...toFailure(error), code: error.code, data: error.data };
}
