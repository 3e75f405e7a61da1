import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { demultiplexed } from '../../containers/demultiplexed.ts';

/** Past so much, an engine may have thrown the beginning away: what it hands out then is taken as it comes. */
const keptBytes = 30 * 1024 ** 2;
/** A stream may end a moment before its container; it is asked for again after so long, and less often then. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;

interface Printing {
  readonly engine: ContainerEngine;
  readonly container: string;
  /** Whether it runs still; one that has ended is read to its end at once. */
  readonly running: boolean;
  /** After so long without a word it is looked whether there is anything left to wait for. */
  readonly silenceMs?: number;
  /** Whether what was looked for has been read; then the end of a stream is not doubted. */
  readonly hasAll: () => boolean;
}

/** All that a container prints, to its end: where a stream ends before, or never, it is read on from there. */
export async function* printed(printing: Printing): AsyncGenerator<Buffer> {
  const { engine, container, hasAll } = printing;
  let read = 0;
  let { running } = printing;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    for await (const fresh of readOn(printing, read < keptBytes ? read : 0)) {
      read += fresh.length;
      yield fresh;
    }
    if (!running) return;
    running = !(await endsWithin(engine, container, pauseMs));
    if (!running && (hasAll() || (await engine.state(container)) === undefined)) return;
  }
}

/** Resolves when it has ended; asked anew now and then, as an answer may have gone astray. */
export async function untilEnded(engine: ContainerEngine, container: string): Promise<void> {
  while (!(await endsWithin(engine, container, longestPauseMs)));
}

async function endsWithin(engine: ContainerEngine, container: string, ms: number): Promise<boolean> {
  const limit = AbortSignal.timeout(ms);
  try {
    await engine.heeding(limit).wait(container);
    return true;
  } catch (error) {
    if (error === limit.reason) return false;
    throw error;
  }
}

/** What it prints after the first `known` bytes. */
async function* readOn(printing: Printing, known: number): AsyncGenerator<Buffer> {
  const { engine, container } = printing;
  const silence = new Silence(printing);
  let left = known;
  try {
    for await (const chunk of demultiplexed(engine.heeding(silence.signal).logs(container))) {
      silence.broken();
      const fresh = chunk.subarray(left);
      left -= chunk.length - fresh.length;
      if (fresh.length > 0) yield fresh;
    }
  } catch (error) {
    if (!(error instanceof NothingMore)) throw error;
  } finally {
    silence.end();
  }
}

class NothingMore extends Error {}

const usualSilenceMs = 30_000;

/** Ends the reading of a stream that stays open and says nothing, though its container has ended. */
class Silence {
  readonly #printing: Printing;
  readonly #over = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal = this.#over.signal;

  constructor(printing: Printing) {
    this.#printing = printing;
    this.#timer = setInterval(() => void this.#look(), printing.silenceMs ?? usualSilenceMs);
  }

  broken(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const { engine, container } = this.#printing;
    try {
      if ((await engine.state(container))?.running !== true) this.#over.abort(new NothingMore());
    } catch (error) {
      this.#over.abort(error);
    }
  }
}
