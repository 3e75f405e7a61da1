import type { Disposable } from '../core/events.ts';

/** Collects what happens close together and hands it over once. */
export class Batch<T> implements Disposable {
  readonly #delayMs: number;
  readonly #flush: (items: ReadonlySet<T>) => void;
  #items = new Set<T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(delayMs: number, flush: (items: ReadonlySet<T>) => void) {
    this.#delayMs = delayMs;
    this.#flush = flush;
  }

  add(item: T): void {
    this.#items.add(item);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const items = this.#items;
      this.#items = new Set();
      this.#flush(items);
    }, this.#delayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#items.clear();
  }
}
