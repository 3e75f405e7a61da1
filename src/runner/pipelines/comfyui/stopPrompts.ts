import { setTimeout as delay } from 'node:timers/promises';
import type { QueueItem } from './answers.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';
import type { Prompt } from './prompts.ts';

const lookMs = 150;

export type OwnPrompt = Pick<Prompt, 'id' | 'mark'>;

/**
 * Takes prompts out of the queue, or interrupts them where they run; true when none of them is there any more. Neither call
 * says whether it did anything, so it looks until they are gone; a bare interrupt would end whatever runs, and what only
 * has the id of one of ours is not ours.
 * @throws AuteurError where the server does not say what it runs
 */
export async function stopPrompts(
  server: ComfyuiServer,
  prompts: readonly OwnPrompt[],
  graceMs: number,
): Promise<boolean> {
  const isOurs = (item: QueueItem): boolean =>
    prompts.some(({ id, mark }) => item.id === id && item.mark === mark);
  for (const until = performance.now() + graceMs; ;) {
    const { queue_running, queue_pending } = await server.queueNow();
    const [pending, running] = [queue_pending.filter(isOurs), queue_running.filter(isOurs)];
    for (const { id } of pending) await server.removePending(id);
    for (const { id } of running) await server.interrupt(id);
    if (pending.length + running.length === 0) return true;
    if (performance.now() >= until) return false;
    await delay(lookMs);
  }
}
