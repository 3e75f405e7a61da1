import { AuteurError } from '../../../core/errors.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { JobId } from '../../../core/model/ids.ts';
import type { KeptCards, Outcome } from '../../../core/ports/jobQueue.ts';
import type { PipelineRef } from '../../../core/model/take.ts';
import type { Pipeline, PipelineOutput, PipelineRun } from '../../../core/ports/pipeline.ts';
import type { EngineOf } from '../engineOf.ts';
import type { ImageHere } from '../pipelineEntry.ts';
import type { Devices } from '../../devices/devices.ts';
import { unusable } from './cardAccess.ts';
import { imageOf } from './imageOf.ts';
import { hasEnded } from '../hasEnded.ts';
import { JobLogs } from './jobLogs.ts';
import { sweepLeftovers } from './leftovers.ts';
import { runInContainer, type ContainerNeeds } from './containerPipeline.ts';
import { UnfollowedContainers } from './unfollowedContainers.ts';

/** Container pipelines, on the engine of this machine. */
export class ContainerPipelines implements EngineOf<ContainerDefinition> {
  readonly #needs: ContainerNeeds;
  readonly #devices: Devices;
  readonly #logs: JobLogs;
  /** They end what they have started themselves. */
  readonly #running = new Set<JobId>();
  #hasLooked = false;
  readonly lookAfter: (kept: KeptCards) => Promise<void>;

  constructor(needs: ContainerNeeds, devices: Devices) {
    this.#logs = new JobLogs(needs.home);
    this.#needs = needs;
    this.#devices = devices;
    const unfollowed = new UnfollowedContainers(needs.engine, needs.marks);
    this.lookAfter = (kept) => unfollowed.lookAfter(kept);
  }

  /** A machine that has no container of ours asks no engine, but once where there was one: a mark may be gone. */
  async sweep(outcome: (id: JobId) => Outcome, signal: AbortSignal): Promise<void> {
    const { engine, home, marks } = this.#needs;
    await this.#logs.prune((id) => hasEnded(outcome(id)));
    const isDue = this.#hasLooked
      ? (await marks.on(engine)).some(({ id }) => hasEnded(outcome(id)))
      : await marks.wereAny();
    if (!isDue) {
      this.#hasLooked = true;
      return;
    }
    this.#hasLooked = false;
    this.#hasLooked = await sweepLeftovers({ engine: engine.heeding(signal), home, marks }, (id) =>
      this.#running.has(id) ? 'running' : outcome(id),
    );
  }

  pipeline(ref: PipelineRef, definition: ContainerDefinition): Pipeline {
    return { ref, run: (run) => this.#run(definition, run) };
  }

  async #run(definition: ContainerDefinition, run: PipelineRun): Promise<PipelineOutput> {
    const { id } = run.job;
    this.#running.add(id);
    try {
      return await runInContainer(this.#needs, definition, run);
    } finally {
      this.#running.delete(id);
    }
  }

  async version(definition: ContainerDefinition): Promise<string> {
    return (await imageOf(this.#needs.engine, definition))?.id ?? definition.image;
  }

  async image(definition: ContainerDefinition): Promise<ImageHere | undefined> {
    const found = await imageOf(this.#needs.engine, definition);
    return found && { id: found.id, bytes: found.bytes };
  }

  async obstacle(pipeline: string, { vramGb }: ContainerDefinition): Promise<AuteurError | undefined> {
    const { engine } = this.#needs;
    try {
      await engine.ping();
      if (vramGb > 0) await this.#requireCard(pipeline, vramGb);
      return undefined;
    } catch (error) {
      if (AuteurError.is(error)) return error;
      throw error;
    }
  }

  /** @throws AuteurError `gpu-missing`, `vram-too-little`, `card-unusable`, `gpu-no-runtime` */
  async #requireCard(pipeline: string, needed: number): Promise<void> {
    const cards = await this.#devices.list();
    if (cards.length === 0) throw new AuteurError('gpu-missing', { reason: 'no card was found' });
    const largest = Math.max(...cards.map(({ vramGb }) => vramGb));
    if (largest < needed) throw new AuteurError('vram-too-little', { pipeline, needed, largest });
    const fitting = cards.filter(({ vramGb }) => vramGb >= needed);
    const reasons = await Promise.all(fitting.map((card) => unusable(this.#needs.engine, card)));
    const [first] = reasons;
    if (first !== undefined && !reasons.includes(undefined)) throw first;
  }
}
