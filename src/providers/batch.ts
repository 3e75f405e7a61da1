import type { Disposable } from '../core/events.ts';

/**
 * Collects what happens close together and hands it over once; what comes meanwhile waits until that is done, and until
 * the pause after it is over.
 */
export class Batch<T> implements Disposable {
  readonly #delayMs: number;
  readonly #flush: (items: ReadonlySet<T>) => void | Promise<void>;
  readonly #pauseMs: number;
  #notBefore = 0;
  #items = new Set<T>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #waiting: (() => void)[] = [];
  #disposed = false;

  constructor(delayMs: number, flush: (items: ReadonlySet<T>) => void | Promise<void>, pauseMs = 0) {
    this.#delayMs = delayMs;
    this.#flush = flush;
    this.#pauseMs = pauseMs;
  }

  add(item: T): void {
    if (this.#disposed) return;
    this.#items.add(item);
    this.#start();
  }

  /** Resolves once all that has come so far is handed over, or it is given up. */
  async settled(): Promise<void> {
    const rounds = (this.#busy ? 1 : 0) + (this.#items.size > 0 ? 1 : 0);
    for (let round = 0; round < rounds && !this.#disposed; round++)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#items.clear();
    this.#wake();
  }

  #start(): void {
    if (this.#busy || this.#disposed) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        void this.#hand();
      },
      Math.max(this.#delayMs, this.#notBefore - performance.now()),
    );
  }

  async #hand(): Promise<void> {
    const items = this.#items;
    this.#items = new Set();
    this.#busy = true;
    this.#notBefore = performance.now() + this.#pauseMs;
    try {
      await this.#flush(items);
    } finally {
      this.#busy = false;
      if (this.#items.size > 0) this.#start();
      this.#wake();
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
