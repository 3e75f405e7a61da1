import { setTimeout as delay } from 'node:timers/promises';
import { AuteurError } from '../../../core/errors.ts';

/** How long is waited for a server. */
export interface Timing {
  /** Between two looks at what became of a prompt, where the server says nothing by itself. */
  readonly pollMs: number;
  /** Until a server that went away is connected to again. */
  readonly retryMs: number;
  /** For a server that went away while it ran a prompt: to be started again with all its nodes takes it minutes. */
  readonly patienceMs: number;
  /** For a prompt that is to end. */
  readonly graceMs: number;
  /** Until a connection without a word is made anew. */
  readonly quietMs: number;
}

export const usualTiming: Timing = {
  pollMs: 2_000,
  retryMs: 1_000,
  patienceMs: 180_000,
  graceMs: 15_000,
  quietMs: 20_000,
};

/** Asks again while the server is away. */
export async function patiently<T>(
  ask: () => Promise<T>,
  { patienceMs, retryMs }: Timing,
  signal: AbortSignal,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!AuteurError.is(error, 'comfyui-not-running') || performance.now() >= until) throw error;
    }
    await delay(retryMs, undefined, { signal });
  }
}
