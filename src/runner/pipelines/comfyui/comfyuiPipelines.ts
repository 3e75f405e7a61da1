import { createHash } from 'node:crypto';
import { inKeyOrder } from '../../../core/domain/inKeyOrder.ts';
import { AuteurError } from '../../../core/errors.ts';
import type { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { JobId } from '../../../core/model/ids.ts';
import type { PipelineRef } from '../../../core/model/take.ts';
import type { Card, Outcome } from '../../../core/ports/jobQueue.ts';
import type { Pipeline } from '../../../core/ports/pipeline.ts';
import type { EngineOf } from '../engineOf.ts';
import type { SystemStats } from './answers.ts';
import { runOnComfyui, type ComfyuiNeeds } from './comfyuiRun.ts';
import { ComfyuiServer } from './comfyuiServer.ts';
import { requireMapped } from './jobWorkflow.ts';
import { isOnThisMachine, megabytesOf } from './localCard.ts';
import { sweepPreviews } from './previewFile.ts';
import { PromptMarks } from './promptMarks.ts';
import { usualTiming } from './timing.ts';

/** Workflows, on the ComfyUI servers that they name. */
export class ComfyuiPipelines implements EngineOf<ComfyuiDefinition> {
  readonly #needs: ComfyuiNeeds;
  readonly #cards: () => Promise<readonly Card[]>;
  #sweeping: Promise<void> | undefined;

  /** @param cards those of this machine, as the queue hands them out */
  constructor(
    needs: Omit<ComfyuiNeeds, 'timing'> & Partial<ComfyuiNeeds>,
    cards: () => Promise<readonly Card[]> = () => Promise.resolve([]),
  ) {
    this.#needs = { timing: usualTiming, ...needs };
    this.#cards = cards;
  }

  pipeline(ref: PipelineRef, definition: ComfyuiDefinition): Pipeline {
    return { ref, run: (run) => runOnComfyui(this.#needs, definition, run) };
  }

  /** A workflow travels with its job and its take, so it is always the one that was wanted. */
  async version({ workflow, inputs, output, parameters }: ComfyuiDefinition): Promise<string> {
    const text = JSON.stringify(inKeyOrder({ workflow, inputs, output, parameters }));
    return `sha256:${createHash('sha256').update(text).digest('hex')}`;
  }

  /** A server elsewhere has cards of its own; one of this machine shares its card with nothing. */
  async vramMb({ server }: ComfyuiDefinition): Promise<number> {
    if (!isOnThisMachine(server)) return 0;
    const cards = await this.#cards();
    if (cards.length === 0) return 0;
    return megabytesOf(await statsOf(server), cards);
  }

  /** One look at a time: a server may take longer than until the next. */
  sweep(outcome: (id: JobId) => Outcome): Promise<void> {
    this.#sweeping ??= this.#sweep(outcome).finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async #sweep(outcome: (id: JobId) => Outcome): Promise<void> {
    const { home, log, timing } = this.#needs;
    await new PromptMarks(home).sweep(outcome, { ...timing, log });
    await sweepPreviews(home, outcome);
  }

  /** A workflow is no image. */
  image(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async obstacle(pipeline: string, definition: ComfyuiDefinition): Promise<AuteurError | undefined> {
    const { server, vramGb } = definition;
    try {
      requireMapped(pipeline, definition);
      const stats = await new ComfyuiServer(server).stats();
      if (vramGb > 0) requireCard(stats, { pipeline, server, needed: vramGb });
      return undefined;
    } catch (error) {
      if (AuteurError.is(error)) return error;
      throw error;
    }
  }
}

/** Undefined where it is away just now. */
async function statsOf(server: string): Promise<SystemStats | undefined> {
  try {
    return await new ComfyuiServer(server).stats();
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

const gigabyte = 1024 ** 3;

function requireCard(
  { devices }: SystemStats,
  {
    pipeline,
    server,
    needed,
  }: { readonly pipeline: string; readonly server: string; readonly needed: number },
): void {
  // A processor is listed with the memory of the machine.
  const cards = devices.filter(({ type }) => type !== 'cpu').map(({ vram_total }) => vram_total / gigabyte);
  const largest = Math.max(0, ...cards);
  // Cards are sold by the round number, and report a little less.
  if (Math.ceil(largest) >= needed) return;
  const known = Math.round(largest * 10) / 10;
  throw new AuteurError('comfyui-vram-too-little', { pipeline, server, needed, largest: known });
}
