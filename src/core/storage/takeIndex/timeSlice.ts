import { setImmediate as turn } from 'node:timers/promises';

const longestMs = 8;

/** Lets others have the thread now and then during work that never waits. */
export class TimeSlice {
  #began = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#began < longestMs) return;
    await turn();
    this.#began = performance.now();
  }
}
