import { setTimeout as sleep } from 'node:timers/promises';

/** How long an engine is waited for. */
export interface Patience {
  /** Whatever it is asked, so often it is looked whether it is still there. */
  readonly lookMs: number;
  /** In so long it has to say that it is there. */
  readonly pingMs: number;
  /** The most that an answer takes which needs no work. */
  readonly answerMs: number;
  /** The most that it takes to make, start, end or remove a container, of any size, on a slow disk. */
  readonly workMs: number;
}

export const usualPatience: Patience = { lookMs: 5_000, pingMs: 10_000, answerMs: 60_000, workMs: 300_000 };

interface Bounds {
  /** Who asks has no more use for the answer. */
  readonly signal: AbortSignal | undefined;
  /** Throws where the engine is not there any more. */
  readonly requireThere: () => Promise<void>;
  readonly lookMs: number;
  readonly limitMs: number;
  readonly tooLong: () => Error;
}

/**
 * Does what may never end: it is left when the engine is not there any more, after its limit, and at once when nobody
 * wants it. What it is given then aborts, for the same reason.
 */
export async function bounded<T>(work: (left: AbortSignal) => Promise<T>, bounds: Bounds): Promise<T> {
  const watch = watchOver(bounds);
  const over = new AbortController();
  try {
    watch.left.throwIfAborted();
    return await Promise.race([work(watch.left), abortion(watch.left, over.signal)]);
  } catch (error) {
    watch.left.throwIfAborted();
    throw error;
  } finally {
    watch.end();
    over.abort();
  }
}

/** Aborts when what goes on is to be left, until it is ended. */
export function watchOver(bounds: Bounds): { readonly left: AbortSignal; readonly end: () => void } {
  const leave = new AbortController();
  const ended = new AbortController();
  void look(bounds, leave, ended.signal);
  const { signal } = bounds;
  return {
    left: signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]),
    end: () => {
      ended.abort();
    },
  };
}

async function look(bounds: Bounds, leave: AbortController, ended: AbortSignal): Promise<void> {
  const { lookMs, limitMs, requireThere, tooLong } = bounds;
  const begun = performance.now();
  try {
    for (;;) {
      await sleep(lookMs, undefined, { signal: ended });
      if (performance.now() - begun > limitMs) throw tooLong();
      await requireThere();
    }
  } catch (error) {
    // What was asked may have an end, and go on with what it was given.
    if (!ended.aborted) leave.abort(error);
  }
}

/** What listens to a signal that lives on would live as long: it listens until it is over. */
async function abortion(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const tell = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell, { once: true, signal: over });
  });
}
