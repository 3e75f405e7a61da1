import { Worker } from 'node:worker_threads';
import { AuteurError } from '../core/errors.ts';
import { Emitter, type Event } from '../core/events.ts';
import {
  closeMethod,
  PendingCalls,
  type Call,
  type FromThread,
  type Notice,
  type StudioThreadOptions,
} from '../core/protocol/channel.ts';

// VS Code gives `deactivate` about five seconds before it ends the extension host.
const closeTimeoutMs = 4_000;

/** One life of the studio thread: calls in, notices out, and the reason why it ended. */
export class StudioWorker {
  readonly #notices = new Emitter<Notice>();
  readonly onNotice: Event<Notice> = this.#notices.event;
  readonly #exits = new Emitter<AuteurError>();
  /** Fires once, when the thread has ended for any reason but `close`. */
  readonly onDied: Event<AuteurError> = this.#exits.event;

  readonly #calls = new PendingCalls();
  readonly #worker: Worker;
  #reason: string | undefined;
  #ended = false;
  #closing = false;

  constructor(entry: string, options: StudioThreadOptions) {
    this.#worker = new Worker(entry, { workerData: options, name: 'auteur studio' });
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'result' || message.kind === 'error') this.#calls.settle(message);
      else this.#notices.fire(message);
    });
    this.#worker.on('error', (error) => {
      this.#reason = error instanceof Error ? error.message : String(error);
    });
    this.#worker.on('exit', (code) => {
      this.#end(this.#reason ?? `its thread ended with code ${String(code)}`);
    });
  }

  call<T>(method: string, args: readonly unknown[]): Promise<T> {
    if (this.#ended)
      return Promise.reject(new AuteurError('studio-stopped', { reason: this.#reason ?? 'it was closed' }));
    const send = (call: Call): void => {
      this.#worker.postMessage(call);
    };
    return this.#calls.start<T>(send, method, args);
  }

  /** Lets the studio put everything in order, then ends the thread; a thread that does not answer is ended anyway. */
  async close(): Promise<void> {
    this.#closing = true;
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, closeTimeoutMs).unref());
    await Promise.race([this.call(closeMethod, []).catch(() => undefined), timeout]);
    await this.#worker.terminate();
  }

  #end(reason: string): void {
    this.#reason = reason;
    this.#ended = true;
    const error = new AuteurError('studio-stopped', { reason });
    this.#calls.rejectAll(error);
    if (!this.#closing) this.#exits.fire(error);
  }
}
