import process from 'node:process';
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
  #exitCode: number | undefined;

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

  /** From here on signals ask instead of ending the process. */
  listen(): Disposable {
    const receive = (name: NodeJS.Signals): void => this.#receive(name);
    for (const name of signals) process.on(name, receive);
    return { dispose: () => signals.forEach((name) => process.off(name, receive)) };
  }

  /** Ends what runs without an end of its own, as when nobody reads its output any more. */
  stop(): void {
    this.#controller.abort();
  }

  #receive(name: NodeJS.Signals): void {
    const exitCode = isStopSignal(name) ? exitOf[name] : exitCodes.failed;
    if (this.#exitCode !== undefined) process.exit(exitCode);
    this.#exitCode = exitCode;
    this.#controller.abort();
  }
}

function isStopSignal(name: string): name is StopSignal {
  return name in exitOf;
}
