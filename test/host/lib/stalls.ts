import { performance } from 'node:perf_hooks';

const everyMs = 5;

/** The time between two turns of the event loop, where it was longer than asked for. */
export interface Stall {
  /** How late the turn came, by the clock on the wall. */
  readonly wallMs: number;
  /** How long this thread itself was at work meanwhile; the rest it waited for a processor. */
  readonly cpuMs: number;
}

/** Watches the event loop of the extension host's main thread. */
export class StallWatch {
  readonly #timer = setInterval(() => {
    this.#turn();
  }, everyMs);
  readonly #stalls: Stall[] = [];
  #lastTurn = performance.now();
  #lastCpu = threadCpuMs();

  /** Ends the watch; the stalls in the order they came. */
  stop(): readonly Stall[] {
    clearInterval(this.#timer);
    return this.#stalls;
  }

  #turn(): void {
    const now = performance.now();
    const cpu = threadCpuMs();
    this.#stalls.push({ wallMs: now - this.#lastTurn - everyMs, cpuMs: cpu - this.#lastCpu });
    this.#lastTurn = now;
    this.#lastCpu = cpu;
  }
}

/** Of this thread alone: the studio and the renderers have threads of their own. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
