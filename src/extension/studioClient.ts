import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/events.ts';
import type { RunnerWishes } from '../core/model/runnerSettings.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { Notice, StudioThreadOptions } from '../core/protocol/channel.ts';
import type { Envelope } from '../core/protocol/events.ts';
import type { JobView, ProjectSummary } from '../core/protocol/views.ts';
import type { WorkNews } from '../core/protocol/work.ts';
import { RestartBudget } from './restartBudget.ts';
import { StudioCalls, type StudioMethod, type StudioReply } from './studioCalls.ts';
import { StudioWorker, type ThreadDocuments } from './studioWorker.ts';

export interface StudioClientOptions {
  /** Path of the thread's bundle. */
  readonly entry: string;
  readonly thread: StudioThreadOptions;
  /** What each new thread has to know of the documents that the window has open. */
  documents(): ThreadDocuments;
  log(line: string): void;
}

/** The studio in a worker thread: started by the first call, started again when it has died. */
export class StudioClient extends StudioCalls {
  readonly #owned = new DisposableStore();
  readonly #events = this.#owned.add(new Emitter<Envelope>());
  readonly #jobs = this.#owned.add(new Emitter<readonly JobView[]>());
  readonly #work = this.#owned.add(new Emitter<WorkNews>());
  readonly #died = this.#owned.add(new Emitter<AuteurError>());
  override readonly onEvent = this.#events.event;
  override readonly onJobs = this.#jobs.event;
  override readonly onWork = this.#work.event;
  /** The thread has died; the next call starts a new one. */
  readonly onDied = this.#died.event;

  readonly #options: StudioClientOptions;
  readonly #opened = new Set<string>();
  readonly #budget = new RestartBudget();
  #trusted: boolean;
  #runner: RunnerWishes;
  #worker: Promise<StudioWorker> | undefined;
  #closed = false;

  constructor(options: StudioClientOptions) {
    super();
    this.#options = options;
    this.#trusted = options.thread.trusted;
    this.#runner = options.thread.runner;
  }

  override async openProject(root: string): Promise<ProjectSummary> {
    const summary = await super.openProject(root);
    this.#opened.add(root);
    return summary;
  }
  override closeProject(root: string): Promise<void> {
    this.#opened.delete(root);
    return super.closeProject(root);
  }
  /** A thread that starts later is told as well. */
  override async configureRunner(wishes: RunnerWishes): Promise<void> {
    this.#runner = wishes;
    if (this.#worker !== undefined) await super.configureRunner(wishes);
  }

  /** From now on the studio may run what was asked for; a thread that lives is replaced. */
  async trust(): Promise<void> {
    if (this.#trusted) return;
    this.#trusted = true;
    const worker = this.#worker;
    this.#worker = undefined;
    await (await worker)?.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#owned.dispose();
    await (await worker?.catch(() => undefined))?.close();
  }

  protected override async call<M extends StudioMethod>(
    method: M,
    ...args: Parameters<Studio[M]>
  ): StudioReply<M> {
    const worker = await this.#running();
    return worker.call<Awaited<ReturnType<Studio[M]>>>(method, args);
  }

  #running(): Promise<StudioWorker> {
    this.#worker ??= this.#start().catch((error: unknown) => {
      this.#worker = undefined;
      throw error;
    });
    return this.#worker;
  }

  async #start(): Promise<StudioWorker> {
    const delay = this.#budget.delay(Date.now());
    if (delay === undefined)
      throw new AuteurError('studio-stopped', { reason: 'it ended several times within a minute' });
    if (delay > 0) await sleep(delay);
    if (this.#closed) throw new AuteurError('studio-stopped', { reason: 'the window is closing' });
    const { entry, thread } = this.#options;
    const documents = this.#options.documents();
    const worker = new StudioWorker(
      entry,
      { ...thread, trusted: this.#trusted, runner: this.#runner },
      documents,
    );
    worker.onNotice((notice) => {
      this.#pass(notice);
    });
    worker.onDied((error) => {
      this.#lost(error);
    });
    this.#reopen(worker);
    return worker;
  }

  #pass(notice: Notice): void {
    switch (notice.kind) {
      case 'event':
        this.#events.fire(notice.envelope);
        return;
      case 'jobs':
        this.#jobs.fire(notice.jobs);
        return;
      case 'work':
        this.#work.fire(notice.news);
        return;
      case 'log':
        this.#options.log(notice.line);
    }
  }

  #lost(error: AuteurError): void {
    this.#worker = undefined;
    this.#budget.died(Date.now());
    this.#options.log(error.message);
    this.#died.fire(error);
  }

  /** A new thread takes up the projects its predecessor had open. */
  #reopen(worker: StudioWorker): void {
    for (const root of this.#opened) {
      worker.call('openProject', [root]).catch((error: unknown) => {
        this.#options.log(`${root}: ${String(error)}`);
      });
    }
  }
}
