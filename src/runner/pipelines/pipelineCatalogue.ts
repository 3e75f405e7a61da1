import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { builtInPipelines } from '../../core/domain/builtInPipelines.ts';
import { qualityMapping } from '../../core/domain/qualityMapping.ts';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { JobRequest } from '../../core/model/job.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { PipelineRef, Take } from '../../core/model/take.ts';
import type { Outcome } from '../../core/ports/jobQueue.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import { readPipelines, workspacePipelines } from '../../core/storage/pipelineFiles.ts';
import type { PipelinesHere } from '../../core/storage/takeSources.ts';
import type { PipelineList, PipelineView } from '../../core/protocol/pipelineViews.ts';
import {
  notAllowed,
  type CatalogueContents,
  type CatalogueNeeds,
  type ChosenPipeline,
  type PipelineEntry,
  type PipelineOrigin,
} from './pipelineEntry.ts';
import { listPipelines } from './pipelineList.ts';

/** For so long what was found out about the mapped pipelines is taken to be so. */
const freshMs = 5_000;

/** The pipelines there are: the storyboard, those that come with Auteur, the user's own, those of a workspace. */
export class PipelineCatalogue {
  readonly #needs: CatalogueNeeds;
  readonly #mapped = new Map<string, { at: number; chosen: Promise<ChosenPipeline> }>();

  constructor(needs: CatalogueNeeds) {
    this.#needs = needs;
  }

  /** An earlier one hides a later one of the same id: the user's own come first. */
  async entries(place: string): Promise<readonly PipelineEntry[]> {
    return (await this.contents(place)).entries;
  }

  async contents(place: string): Promise<CatalogueContents> {
    const machine = await readPipelines(join(this.#needs.home, 'pipelines'));
    const workspace = await workspacePipelines(place);
    const all: readonly PipelineEntry[] = [
      ...machine.pipelines.map((one) => ({ ...one, origin: 'machine' as const })),
      ...[...builtInPipelines].map(([id, definition]) => ({ id, definition, origin: 'built-in' as const })),
      ...workspace.pipelines.map((one) => ({ ...one, origin: 'workspace' as const })),
    ];
    const entries = all.filter(({ id }, index) => all.findIndex((one) => one.id === id) === index);
    return { entries, problems: [...machine.problems, ...workspace.problems] };
  }

  /**
   * The pipeline that makes a take: the one asked for, else the one the quality is mapped to, else the storyboard,
   * which says so.
   * @throws AuteurError `pipeline-unknown`, `pipeline-not-allowed`; why it cannot run here, where it was asked for by
   *   name or nothing is to stand in for it
   */
  async choose(place: string, quality: Quality, asked: string | undefined): Promise<ChosenPipeline> {
    const { storyboard, engines, config } = this.#needs;
    const { pipelines, fallback } = await config.read();
    const mapped = pipelines[quality] ?? qualityMapping[quality].pipeline;
    const isAsked = asked !== undefined && asked !== 'auto';
    const wanted = isAsked ? asked : mapped;
    if (wanted === storyboard.ref.id) return { pipeline: storyboard.ref };
    const entry = await this.find(place, wanted);
    this.#requireAllowed(entry, place);
    const { id, definition } = entry;
    const engine = engines[definition.kind];
    const obstacle = await engine.obstacle(id, definition, entry.origin !== 'built-in');
    if (obstacle === undefined) {
      const version = await engine.version(definition);
      return { pipeline: { id, kind: definition.kind, version }, definition };
    }
    if (isAsked || !fallback) throw obstacle;
    return { pipeline: storyboard.ref, fallback: { from: mapped, reason: obstacle.message } };
  }

  /**
   * What makes a take as an earlier one was made: the same pipeline as it was then, where it can run here, else what its
   * quality is mapped to.
   */
  async again(place: string, { pipeline, definition, quality }: Take): Promise<ChosenPipeline> {
    const { storyboard, engines } = this.#needs;
    if (pipeline.id === storyboard.ref.id) return { pipeline: storyboard.ref };
    if (definition === undefined) return this.choose(place, quality, undefined);
    const { id, kind } = pipeline;
    this.#requireAllowed({ id, definition, origin: await this.#originOf(place, { id, definition }) }, place);
    const engine = engines[definition.kind];
    const obstacle = await engine.obstacle(id, definition, true);
    if (obstacle !== undefined) return this.choose(place, quality, undefined);
    return { pipeline: { id, kind, version: await engine.version(definition) }, definition };
  }

  /** What stands in a take came with its film: it is the user's own only where it is what the user has, to the letter. */
  async #originOf(
    place: string,
    { id, definition }: Pick<PipelineEntry, 'id' | 'definition'>,
  ): Promise<PipelineOrigin> {
    const known = (await this.entries(place)).find((one) => one.id === id);
    return isDeepStrictEqual(known?.definition, definition) ? (known?.origin ?? 'workspace') : 'workspace';
  }

  /** @throws AuteurError `pipeline-unknown` */
  async find(place: string, id: string): Promise<PipelineEntry> {
    const entries = await this.entries(place);
    const found = entries.find((one) => one.id === id);
    if (found !== undefined) return found;
    const known = [this.#needs.storyboard.ref.id, ...entries.map((one) => one.id)].join(', ');
    throw new AuteurError('pipeline-unknown', { pipeline: id, known });
  }

  /** Runs the jobs of a pipeline, whatever the catalogue holds by now: a job carries its definition. */
  of({ pipeline, definition }: JobRequest): Pipeline {
    const { storyboard, engines } = this.#needs;
    if (definition !== undefined) return engines[definition.kind].pipeline(pipeline, definition);
    if (pipeline.id === storyboard.ref.id) return storyboard;
    throw new AuteurError('pipeline-unknown', { pipeline: pipeline.id, known: storyboard.ref.id });
  }

  /** Tidies up after jobs that ended while nobody could. */
  async sweep(outcome: (id: JobId) => Outcome, signal: AbortSignal): Promise<void> {
    await Promise.all(Object.values(this.#needs.engines).map((engine) => engine.sweep(outcome, signal)));
  }

  /** What would make takes now, as far as this machine can tell. */
  async here(place: string): Promise<PipelinesHere> {
    const mapped = new Map<Quality, PipelineRef>();
    for (const quality of Object.keys(qualityMapping) as Quality[]) {
      try {
        mapped.set(quality, (await this.#remembered(place, quality)).pipeline);
      } catch (error) {
        // It cannot run here now, which says nothing of the takes it has made.
        if (!AuteurError.is(error)) throw error;
      }
    }
    const { ref } = this.#needs.storyboard;
    return {
      mapped: (quality) => mapped.get(quality),
      named: (id) => (id === ref.id ? ref : [...mapped.values()].find((one) => one.id === id)),
      again: (take) => this.#refAgain(place, take),
    };
  }

  async #refAgain(place: string, { pipeline, definition }: Take): Promise<PipelineRef | undefined> {
    const { storyboard, engines, allowed } = this.#needs;
    if (pipeline.id === storyboard.ref.id) return storyboard.ref;
    if (definition === undefined) return undefined;
    const origin = await this.#originOf(place, { id: pipeline.id, definition });
    if (origin === 'workspace' && !allowed.has(definition)) return undefined;
    const engine = engines[definition.kind];
    if ((await engine.obstacle(pipeline.id, definition, true)) !== undefined) return undefined;
    return { ...pipeline, version: await engine.version(definition) };
  }

  #remembered(place: string, quality: Quality): Promise<ChosenPipeline> {
    const key = `${quality}#${place}`;
    const known = this.#mapped.get(key);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.chosen;
    const chosen = this.choose(place, quality, undefined);
    this.#mapped.set(key, { at: performance.now(), chosen });
    return chosen;
  }

  #requireAllowed({ id, definition, origin }: PipelineEntry, place: string): void {
    const { allowed } = this.#needs;
    if (origin === 'workspace' && !allowed.has(definition)) throw notAllowed({ id, definition }, place);
  }

  async list(place: string): Promise<PipelineList> {
    return listPipelines(this.#needs, await this.contents(place), place);
  }

  async allow(place: string, id: string): Promise<PipelineView> {
    await this.#needs.allowed.allow((await this.find(place, id)).definition);
    const { pipelines } = await this.list(place);
    const view = pipelines.find((one) => one.id === id);
    if (view === undefined) throw new AuteurError('pipeline-unknown', { pipeline: id, known: '' });
    return view;
  }
}
