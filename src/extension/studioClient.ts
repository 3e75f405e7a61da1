import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/events.ts';
import type { JobId, SceneId, ShotId } from '../core/model/ids.ts';
import type { RunnerWishes } from '../core/model/runnerSettings.ts';
import type { GenerateRequest, JobFilter, NewProject, NewShot, Studio } from '../core/ports/studio.ts';
import type { Notice, StudioThreadOptions } from '../core/protocol/channel.ts';
import type { EditRequest } from '../core/protocol/editRequest.ts';
import type { ImportRequest } from '../core/protocol/importRequest.ts';
import type { Envelope } from '../core/protocol/events.ts';
import type { TakeKey } from '../core/protocol/recipe.ts';
import type { ProblemFix } from '../core/protocol/problemFix.ts';
import type { JobsMeant, QueuePlace, RetrySeed } from '../core/protocol/queueView.ts';
import type { JobView } from '../core/protocol/views.ts';
import type { WorkNews, WorkRequest } from '../core/protocol/work.ts';
import { RestartBudget } from './restartBudget.ts';
import { StudioWorker, type ThreadDocuments } from './studioWorker.ts';

type Method = Exclude<keyof Studio, 'onEvent' | 'onJobs' | 'onWork'>;

export interface StudioClientOptions {
  /** Path of the thread's bundle. */
  readonly entry: string;
  readonly thread: StudioThreadOptions;
  /** What each new thread has to know of the documents that the window has open. */
  documents(): ThreadDocuments;
  log(line: string): void;
}

/** The studio in a worker thread: started by the first call, started again when it has died. */
export class StudioClient implements Studio {
  readonly #owned = new DisposableStore();
  readonly #events = this.#owned.add(new Emitter<Envelope>());
  readonly #jobs = this.#owned.add(new Emitter<readonly JobView[]>());
  readonly #work = this.#owned.add(new Emitter<WorkNews>());
  readonly #died = this.#owned.add(new Emitter<AuteurError>());
  readonly onEvent = this.#events.event;
  readonly onJobs = this.#jobs.event;
  readonly onWork = this.#work.event;
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
    this.#options = options;
    this.#trusted = options.thread.trusted;
    this.#runner = options.thread.runner;
  }

  listProjects(workspace: string) {
    return this.#call('listProjects', workspace);
  }
  createProject(request: NewProject) {
    return this.#call('createProject', request);
  }
  async openProject(root: string) {
    const summary = await this.#call('openProject', root);
    this.#opened.add(root);
    return summary;
  }
  closeProject(root: string) {
    this.#opened.delete(root);
    return this.#call('closeProject', root);
  }
  film(root: string) {
    return this.#call('film', root);
  }
  shots(root: string, scene: SceneId) {
    return this.#call('shots', root, scene);
  }
  shot(root: string, shot: ShotId) {
    return this.#call('shot', root, shot);
  }
  indexTakes(root: string) {
    return this.#call('indexTakes', root);
  }
  takes(root: string, shot: ShotId) {
    return this.#call('takes', root, shot);
  }
  prompt(root: string, address: string) {
    return this.#call('prompt', root, address);
  }
  recipe(root: string, address: string, take: TakeKey) {
    return this.#call('recipe', root, address, take);
  }
  staleShots(root: string, addresses: readonly string[]) {
    return this.#call('staleShots', root, addresses);
  }
  milestones(root: string) {
    return this.#call('milestones', root);
  }
  search(root: string, typed: string, limit?: number) {
    return this.#call('search', root, typed, limit);
  }
  countShots(root: string, addresses: readonly string[]) {
    return this.#call('countShots', root, addresses);
  }
  documents(root: string) {
    return this.#call('documents', root);
  }
  beats(root: string) {
    return this.#call('beats', root);
  }
  structures(place: string) {
    return this.#call('structures', place);
  }
  previewStructure(root: string, structure: string, scenes: 'stay' | 'place') {
    return this.#call('previewStructure', root, structure, scenes);
  }
  addChapter(root: string, title: string) {
    return this.#call('addChapter', root, title);
  }
  addScene(root: string, chapter: string, title: string) {
    return this.#call('addScene', root, chapter, title);
  }
  addShot(root: string, scene: string, shot: NewShot) {
    return this.#call('addShot', root, scene, shot);
  }
  edit(root: string, request: EditRequest) {
    return this.#call('edit', root, request);
  }
  assets(root: string) {
    return this.#call('assets', root);
  }
  assetUses(root: string, asset: string) {
    return this.#call('assetUses', root, asset);
  }
  importAssets(root: string, request: ImportRequest) {
    return this.#call('importAssets', root, request);
  }
  cancelImport(id: string) {
    return this.#call('cancelImport', id);
  }
  activateTake(root: string, address: string, takeNumber: number) {
    return this.#call('activateTake', root, address, takeNumber);
  }
  undoEdit(root: string) {
    return this.#call('undoEdit', root);
  }
  redoEdit(root: string) {
    return this.#call('redoEdit', root);
  }
  editHistory(root: string) {
    return this.#call('editHistory', root);
  }
  generate(request: GenerateRequest) {
    return this.#call('generate', request);
  }
  planTakes(request: GenerateRequest) {
    return this.#call('planTakes', request);
  }
  jobs(filter: JobFilter) {
    return this.#call('jobs', filter);
  }
  pipelines(place: string) {
    return this.#call('pipelines', place);
  }
  /** A thread that starts later is told as well. */
  async configureRunner(wishes: RunnerWishes): Promise<void> {
    this.#runner = wishes;
    if (this.#worker !== undefined) await this.#call('configureRunner', wishes);
  }
  allowPipeline(place: string, id: string) {
    return this.#call('allowPipeline', place, id);
  }
  cancelJob(id: JobId) {
    return this.#call('cancelJob', id);
  }
  readonly cancelJobs = (meant: JobsMeant) => this.#call('cancelJobs', meant);
  readonly retryJobs = (meant: JobsMeant, seed: RetrySeed) => this.#call('retryJobs', meant, seed);
  readonly moveJobs = (ids: readonly JobId[], place: QueuePlace) => this.#call('moveJobs', ids, place);
  readonly pauseQueue = () => this.#call('pauseQueue');
  readonly resumeQueue = () => this.#call('resumeQueue');
  readonly queue = (next?: number) => this.#call('queue', next);
  settled(ids: readonly JobId[]) {
    return this.#call('settled', ids);
  }
  fixTakes(root: string) {
    return this.#call('fixTakes', root);
  }
  work(id: string, request: WorkRequest) {
    return this.#call('work', id, request);
  }
  cancelWork(id: string) {
    return this.#call('cancelWork', id);
  }
  gitStatus(root: string) {
    return this.#call('gitStatus', root);
  }
  lfsHealth(root: string) {
    return this.#call('lfsHealth', root);
  }
  requireDeletable(root: string, name: string) {
    return this.#call('requireDeletable', root, name);
  }
  problems(root: string) {
    return this.#call('problems', root);
  }
  fixText(text: string, fix: ProblemFix) {
    return this.#call('fixText', text, fix);
  }
  doctor(folder: string, vscode?: string) {
    return this.#call('doctor', folder, vscode);
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

  async #call<M extends Method>(
    method: M,
    ...args: Parameters<Studio[M]>
  ): Promise<Awaited<ReturnType<Studio[M]>>> {
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
