import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposable } from '../core/events.ts';
import { exitCodes } from './exit.ts';

const exitOf = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hangup,
} as const;

type StopSignal = keyof typeof exitOf;

const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The user's wish to stop: the first signal asks, the second one ends the process at once. */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #answers = new Set<() => void>();
  #exitCode: number | undefined;
  #askedAt = 0;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Undefined while no signal has come. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Resolves at the first wish to stop. */
  get asked(): Promise<void> {
    if (this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Resolves so many milliseconds after the first wish to stop. */
  async since(milliseconds: number): Promise<void> {
    await this.asked;
    await sleep(Math.max(0, this.#askedAt + milliseconds - performance.now()));
  }

  /** Runs within the first signal, so that the user sees at once that it was heard; the newest answer is given. */
  answer(say: () => void): Disposable {
    this.#answers.add(say);
    return { dispose: () => void this.#answers.delete(say) };
  }

  /** From here on signals ask instead of ending the process. */
  listen(): Disposable {
    const receive = (name: NodeJS.Signals): void => this.#receive(name);
    for (const name of signals) process.on(name, receive);
    return { dispose: () => signals.forEach((name) => process.off(name, receive)) };
  }

  /** Ends what runs without an end of its own, as when nobody reads its output any more. */
  stop(): void {
    this.#askedAt = performance.now();
    this.#controller.abort();
  }

  #receive(name: NodeJS.Signals): void {
    const exitCode = isStopSignal(name) ? exitOf[name] : exitCodes.failed;
    if (this.#exitCode !== undefined) process.exit(exitCode);
    this.#exitCode = exitCode;
    [...this.#answers].at(-1)?.();
    this.stop();
  }
}

function isStopSignal(name: string): name is StopSignal {
  return name in exitOf;
}
