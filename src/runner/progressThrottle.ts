import type { Disposable } from '../core/events.ts';
import type { PipelineProgress } from '../core/ports/pipeline.ts';

const intervalMs = 100;

/** Passes on at most ten words a second, and always the latest. */
export class ProgressThrottle implements Disposable {
  readonly #send: (progress: PipelineProgress) => void;
  #timer: NodeJS.Timeout | undefined;
  #waiting: PipelineProgress | undefined;

  constructor(send: (progress: PipelineProgress) => void) {
    this.#send = send;
  }

  readonly push = ({ progress, step }: PipelineProgress): void => {
    this.#waiting = { progress: Math.min(1, Math.max(0, progress)), step };
    if (this.#timer === undefined) this.#sendWaiting();
  };

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #sendWaiting(): void {
    const waiting = this.#waiting;
    this.#timer = undefined;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    this.#timer = setTimeout(() => {
      this.#sendWaiting();
    }, intervalMs);
    this.#send(waiting);
  }
}
