import { join } from 'node:path';
import { qualityMapping } from '../../core/domain/qualityMapping.ts';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { JobRequest } from '../../core/model/job.ts';
import { PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { PipelineRef, Take } from '../../core/model/take.ts';
import type { KeptCards, Outcome } from '../../core/ports/jobQueue.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import { rememberedHashes } from '../../core/storage/buildContext.ts';
import { ownPipelines, readPipelines, workspacePipelines } from '../../core/storage/pipelineFiles.ts';
import type { PipelinesHere } from '../../core/storage/takeSources.ts';
import type { PipelineList, PipelineView } from '../../core/protocol/pipelineViews.ts';
import { digestOf, runsTheSame } from './allowedPipelines.ts';
import type { CatalogueContents, CatalogueNeeds, ChosenPipeline, PipelineEntry } from './pipelineEntry.ts';
import { listPipelines } from './pipelineList.ts';
import { bindWord, imageHere, objection, unfetched, wordFor } from './userWord.ts';

/** For so long what was found out about the mapped pipelines is taken to be so. */
const freshMs = 5_000;

/** The pipelines there are: the storyboard, those that come with Auteur, the user's own, those of a workspace. */
export class PipelineCatalogue {
  readonly #needs: CatalogueNeeds;
  readonly #hashOf = rememberedHashes();
  readonly #mapped = new Map<string, { at: number; chosen: Promise<ChosenPipeline> }>();

  constructor(needs: CatalogueNeeds) {
    this.#needs = needs;
  }

  /** An earlier one hides a later one of the same id: the user's own come first. */
  async entries(place: string): Promise<readonly PipelineEntry[]> {
    return (await this.contents(place)).entries;
  }

  async contents(place: string): Promise<CatalogueContents> {
    const { home, shipped } = this.#needs;
    const machine = await readPipelines(join(home, 'pipelines'), this.#hashOf);
    const own = await ownPipelines(shipped, this.#hashOf);
    const workspace = await workspacePipelines(place, this.#hashOf);
    const all: readonly PipelineEntry[] = [
      ...machine.pipelines.map((one) => ({ ...one, origin: 'machine' as const })),
      ...own.pipelines.map((one) => ({ ...one, origin: 'built-in' as const })),
      ...workspace.pipelines.map((one) => ({ ...one, origin: 'workspace' as const })),
    ];
    const entries = all.filter(({ id }, index) => all.findIndex((one) => one.id === id) === index);
    return { entries, problems: [...machine.problems, ...own.problems, ...workspace.problems] };
  }

  /**
   * The pipeline that makes a take: the one asked for, else the one the quality is mapped to, else the storyboard,
   * which says so.
   * @throws AuteurError `pipeline-unknown`, `pipeline-not-allowed`, `pipeline-changed`, `pipeline-image-changed`; why it
   *   cannot run here, where it was asked for by name or nothing is to stand in for it
   */
  async choose(place: string, quality: Quality, asked: string | undefined): Promise<ChosenPipeline> {
    const { storyboard, config } = this.#needs;
    const { pipelines, fallback } = await config.read();
    const mapped = pipelines[quality] ?? qualityMapping[quality].pipeline;
    const isAsked = asked !== undefined && asked !== 'auto';
    const wanted = isAsked ? asked : mapped;
    if (wanted === storyboard.ref.id) return { pipeline: storyboard.ref };
    const entry = await this.find(place, wanted);
    await this.#requireAllowed(entry, place);
    const obstacle = await this.#obstacle(entry, place);
    if (obstacle === undefined) return this.#chosen(entry);
    if (isAsked || !fallback) throw obstacle;
    return { pipeline: storyboard.ref, fallback: { from: mapped, reason: obstacle.message } };
  }

  /**
   * What makes a take as an earlier one was made: the same pipeline as it was then, where it can run here, else what its
   * quality is mapped to.
   */
  async again(place: string, { pipeline, definition, quality }: Take): Promise<ChosenPipeline> {
    const { storyboard } = this.#needs;
    if (pipeline.id === storyboard.ref.id) return { pipeline: storyboard.ref };
    if (definition === undefined) return this.choose(place, quality, undefined);
    const { entry, known } = await this.#entryOf(place, { id: pipeline.id, definition });
    // Only what is known under its name can be allowed.
    if (known !== undefined) await this.#requireAllowed(known, place);
    const obstacle = (await this.awaitsWord(known ?? entry, place)) ?? (await this.#obstacle(entry, place));
    if (obstacle !== undefined) return this.choose(place, quality, undefined);
    return this.#chosen(entry);
  }

  /**
   * What a request chose is to make its takes: the word of the user holds for what it runs from now on, of a take that is
   * made again for its own numbers as well.
   * @throws AuteurError `pipeline-not-allowed`, `pipeline-changed`, `pipeline-image-changed` where that is another by now
   */
  async accept(place: string, { pipeline, definition, origin }: ChosenPipeline): Promise<void> {
    if (definition === undefined || origin !== 'workspace') return;
    const { entry, known } = await this.#entryOf(place, { id: pipeline.id, definition });
    // What is none of the workspace any more is asked about when it runs.
    if (known?.origin !== 'workspace') return;
    await this.#needs.allowed.allow(entry, await bindWord(this.#needs, known, place));
  }

  /**
   * What stands in a take came with its film: it is the user's own, or what the user has allowed, only where it runs what
   * is `known` under its name.
   */
  async #entryOf(
    place: string,
    taken: Pick<PipelineEntry, 'id' | 'definition'>,
  ): Promise<{ readonly entry: PipelineEntry; readonly known?: PipelineEntry }> {
    const known = (await this.entries(place)).find(({ id }) => id === taken.id);
    if (known === undefined || !runsTheSame(wordFor(known), wordFor({ ...taken, origin: known.origin })))
      return { entry: { ...taken, origin: 'workspace' } };
    return { entry: { ...withBuildOf(known, taken), origin: known.origin }, known };
  }

  async #chosen({ id, definition, origin }: PipelineEntry): Promise<ChosenPipeline> {
    const engine = this.#needs.engines[definition.kind];
    const pipeline = { id, kind: definition.kind, version: await engine.version(definition) };
    const vramMb = await engine.vramMb(definition);
    return { pipeline, definition, origin, ...(vramMb === undefined ? {} : { vramMb }) };
  }

  /** Why it cannot run here now; undefined where it can. */
  async #obstacle(entry: PipelineEntry, place: string): Promise<AuteurError | undefined> {
    const { id, definition } = entry;
    const obstacle = await this.#needs.engines[definition.kind].obstacle(id, definition);
    return obstacle ?? unfetched(this.#needs, entry, place);
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

  /** Frees the cards that were kept for what has ended by now. */
  async lookAfter(kept: KeptCards): Promise<void> {
    for (const engine of Object.values(this.#needs.engines)) await engine.lookAfter?.(kept);
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
    const { storyboard } = this.#needs;
    if (pipeline.id === storyboard.ref.id) return storyboard.ref;
    if (definition === undefined) return undefined;
    const { entry, known } = await this.#entryOf(place, { id: pipeline.id, definition });
    if ((await objection(this.#needs, known ?? entry, place)) !== undefined) return undefined;
    if ((await this.#obstacle(entry, place)) !== undefined) return undefined;
    return (await this.#chosen(entry)).pipeline;
  }

  #remembered(place: string, quality: Quality): Promise<ChosenPipeline> {
    const key = `${quality}#${place}`;
    const known = this.#mapped.get(key);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.chosen;
    const chosen = this.choose(place, quality, undefined);
    this.#mapped.set(key, { at: performance.now(), chosen });
    return chosen;
  }

  /** Why the user has to be asked before it runs. */
  awaitsWord(entry: PipelineEntry, place: string): Promise<AuteurError | undefined> {
    return objection(this.#needs, entry, place);
  }

  async #requireAllowed(entry: PipelineEntry, place: string): Promise<void> {
    const held = await this.awaitsWord(entry, place);
    if (held !== undefined) throw held;
  }

  async list(place: string): Promise<PipelineList> {
    return listPipelines(this.#needs, await this.contents(place), place);
  }

  /**
   * @param shown the digest of the definition that the user was shown, where they were: no other is allowed
   * @throws AuteurError `pipeline-not-allowed`, `pipeline-changed` where it is another by now, `pipeline-needs-no-word`
   */
  async allow(place: string, id: string, shown?: string): Promise<PipelineView> {
    if (id === this.#needs.storyboard.ref.id)
      throw new AuteurError('pipeline-needs-no-word', { pipeline: id });
    const entry = await this.find(place, id);
    if (shown !== undefined && shown !== digestOf(entry.definition)) await this.#requireAllowed(entry, place);
    const image = (await imageHere(this.#needs, entry.definition))?.id;
    await this.#needs.allowed.allow({ id, definition: wordFor(entry) }, image);
    const { pipelines } = await this.list(place);
    const view = pipelines.find((one) => one.id === id);
    if (view === undefined) throw new AuteurError('pipeline-unknown', { pipeline: id, known: '' });
    return view;
  }
}

/** A take that an earlier Auteur made is made again with what this one has. */
function withBuildOf(
  known: PipelineEntry,
  { id, definition }: Pick<PipelineEntry, 'id' | 'definition'>,
): Pick<PipelineEntry, 'id' | 'definition'> {
  if (known.origin !== 'built-in' || known.definition.kind !== 'container') return { id, definition };
  const { build } = known.definition;
  const bare = wordFor({ definition, origin: known.origin });
  return { id, definition: PipelineDefinition.parse({ ...bare, ...(build === undefined ? {} : { build }) }) };
}
