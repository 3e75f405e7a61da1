import { Worker } from 'node:worker_threads';
import { AuteurError } from '../core/errors.ts';
import { Emitter, type Disposable, type Event } from '../core/events.ts';
import {
  answer,
  closeMethod,
  PendingCalls,
  type Call,
  type DocumentNotice,
  type FromThread,
  type Notice,
  type StudioThreadOptions,
  type TextReplacement,
  type ToThread,
} from '../core/protocol/channel.ts';

// VS Code gives `deactivate` about five seconds before it ends the extension host.
const closeTimeoutMs = 4_000;

/** What a thread has to know of the documents that the window has open. */
export interface ThreadDocuments extends Disposable {
  /** What has changed since it was asked last; at first all that is open. */
  news(): readonly DocumentNotice[];
  /** Makes a change that the thread asks for; false where it is to write the file itself. */
  replace(uri: string, replacement: TextReplacement): Promise<boolean>;
}

/** One life of the studio thread: calls in, notices out, and the reason why it ended. */
export class StudioWorker {
  readonly #notices = new Emitter<Notice>();
  readonly onNotice: Event<Notice> = this.#notices.event;
  readonly #exits = new Emitter<AuteurError>();
  /** Fires once, when the thread has ended for any reason but `close`. */
  readonly onDied: Event<AuteurError> = this.#exits.event;

  readonly #calls = new PendingCalls();
  readonly #worker: Worker;
  readonly #documents: ThreadDocuments;
  #reason: string | undefined;
  #ended = false;
  #closing = false;

  constructor(entry: string, options: StudioThreadOptions, documents: ThreadDocuments) {
    this.#documents = documents;
    this.#worker = new Worker(entry, { workerData: options, name: 'auteur studio' });
    this.#worker.on('message', (message: FromThread) => {
      this.#hear(message);
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
      this.#tell(call);
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

  #hear(message: FromThread): void {
    switch (message.kind) {
      case 'result':
      case 'error':
        this.#calls.settle(message);
        return;
      case 'replace':
        void answer(message, ({ uri, replacement }) => this.#documents.replace(uri, replacement)).then(
          (reply) => {
            if (!this.#ended) this.#tell(reply);
          },
        );
        return;
      default:
        this.#notices.fire(message);
    }
  }

  /** Whatever the thread is told, it knows the documents as they are by then. */
  #tell(message: ToThread): void {
    for (const notice of this.#documents.news()) this.#worker.postMessage(notice);
    this.#worker.postMessage(message);
  }

  #end(reason: string): void {
    this.#reason = reason;
    this.#ended = true;
    this.#documents.dispose();
    const error = new AuteurError('studio-stopped', { reason });
    this.#calls.rejectAll(error);
    if (!this.#closing) this.#exits.fire(error);
  }
}
