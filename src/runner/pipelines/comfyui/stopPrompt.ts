import { setTimeout as delay } from 'node:timers/promises';
import { toFailure } from '../../../core/errors.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';
import type { Timing } from './timing.ts';

const lookMs = 150;

/**
 * Takes a prompt out of the queue, or interrupts it where it runs. Neither call says whether it did anything, so it looks
 * until the prompt is gone; a bare interrupt would end whatever runs.
 */
export async function stopPrompt(
  server: ComfyuiServer,
  id: string,
  { graceMs }: Timing,
  warn: (line: string) => void,
): Promise<void> {
  try {
    const until = performance.now() + graceMs;
    while (performance.now() < until) {
      const { queue_running, queue_pending } = await server.queue();
      if (queue_pending.some((item) => item.id === id)) await server.removePending(id);
      else if (queue_running.some((item) => item.id === id)) await server.interrupt(id);
      else return;
      await delay(lookMs);
    }
    warn(`Prompt ${id} still runs at ${server.url}: its node cannot be interrupted.`);
  } catch (error) {
    warn(`Prompt ${id} could not be stopped: ${toFailure(error).message}`);
  }
}
