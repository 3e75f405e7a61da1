import type { Event } from '../core/events.ts';
import type { JobId, SceneId, ShotId } from '../core/model/ids.ts';
import type { RunnerWishes } from '../core/model/runnerSettings.ts';
import type { GenerateRequest, JobFilter, NewProject, NewShot, Studio } from '../core/ports/studio.ts';
import type { EditRequest } from '../core/protocol/editRequest.ts';
import type { Envelope } from '../core/protocol/events.ts';
import type { ImportRequest } from '../core/protocol/importRequest.ts';
import type { ProblemFix } from '../core/protocol/problemFix.ts';
import type { JobsMeant, QueuePlace, RetrySeed } from '../core/protocol/queueView.ts';
import type { TakeKey } from '../core/protocol/recipe.ts';
import type { JobView, ProjectSummary } from '../core/protocol/views.ts';
import type { WorkflowWish } from '../core/protocol/workflowPipeline.ts';
import type { WorkNews, WorkRequest } from '../core/protocol/work.ts';

export type StudioMethod = Exclude<keyof Studio, 'onEvent' | 'onJobs' | 'onWork'>;
export type StudioReply<M extends StudioMethod> = Promise<Awaited<ReturnType<Studio[M]>>>;

/** A studio elsewhere: each method is a call by its name. */
export abstract class StudioCalls implements Studio {
  abstract readonly onEvent: Event<Envelope>;
  abstract readonly onJobs: Event<readonly JobView[]>;
  abstract readonly onWork: Event<WorkNews>;

  protected abstract call<M extends StudioMethod>(method: M, ...args: Parameters<Studio[M]>): StudioReply<M>;

  openProject(root: string): Promise<ProjectSummary> {
    return this.call('openProject', root);
  }
  closeProject(root: string): Promise<void> {
    return this.call('closeProject', root);
  }
  configureRunner(wishes: RunnerWishes): Promise<void> {
    return this.call('configureRunner', wishes);
  }
  listProjects(workspace: string) {
    return this.call('listProjects', workspace);
  }
  createProject(request: NewProject) {
    return this.call('createProject', request);
  }
  film(root: string) {
    return this.call('film', root);
  }
  shots(root: string, scene: SceneId) {
    return this.call('shots', root, scene);
  }
  shot(root: string, shot: ShotId) {
    return this.call('shot', root, shot);
  }
  indexTakes(root: string) {
    return this.call('indexTakes', root);
  }
  takes(root: string, shot: ShotId) {
    return this.call('takes', root, shot);
  }
  prompt(root: string, address: string) {
    return this.call('prompt', root, address);
  }
  recipe(root: string, address: string, take: TakeKey) {
    return this.call('recipe', root, address, take);
  }
  staleShots(root: string, addresses: readonly string[]) {
    return this.call('staleShots', root, addresses);
  }
  milestones(root: string) {
    return this.call('milestones', root);
  }
  search(root: string, typed: string, limit?: number) {
    return this.call('search', root, typed, limit);
  }
  countShots(root: string, addresses: readonly string[]) {
    return this.call('countShots', root, addresses);
  }
  documents(root: string) {
    return this.call('documents', root);
  }
  beats(root: string) {
    return this.call('beats', root);
  }
  structures(place: string) {
    return this.call('structures', place);
  }
  previewStructure(root: string, structure: string, scenes: 'stay' | 'place') {
    return this.call('previewStructure', root, structure, scenes);
  }
  addChapter(root: string, title: string) {
    return this.call('addChapter', root, title);
  }
  addScene(root: string, chapter: string, title: string) {
    return this.call('addScene', root, chapter, title);
  }
  addShot(root: string, scene: string, shot: NewShot) {
    return this.call('addShot', root, scene, shot);
  }
  edit(root: string, request: EditRequest) {
    return this.call('edit', root, request);
  }
  assets(root: string) {
    return this.call('assets', root);
  }
  assetUses(root: string, asset: string) {
    return this.call('assetUses', root, asset);
  }
  importAssets(root: string, request: ImportRequest) {
    return this.call('importAssets', root, request);
  }
  cancelImport(id: string) {
    return this.call('cancelImport', id);
  }
  activateTake(root: string, address: string, takeNumber: number) {
    return this.call('activateTake', root, address, takeNumber);
  }
  undoEdit(root: string) {
    return this.call('undoEdit', root);
  }
  redoEdit(root: string) {
    return this.call('redoEdit', root);
  }
  editHistory(root: string) {
    return this.call('editHistory', root);
  }
  generate(request: GenerateRequest) {
    return this.call('generate', request);
  }
  planTakes(request: GenerateRequest) {
    return this.call('planTakes', request);
  }
  jobs(filter: JobFilter) {
    return this.call('jobs', filter);
  }
  jobLog(id: JobId, from?: number) {
    return this.call('jobLog', id, from);
  }
  pipelines(place: string) {
    return this.call('pipelines', place);
  }
  allowPipeline(place: string, id: string, shown?: string) {
    return this.call('allowPipeline', place, id, shown);
  }
  proposeWorkflow(place: string, wish: WorkflowWish) {
    return this.call('proposeWorkflow', place, wish);
  }
  addWorkflow(place: string, wish: WorkflowWish) {
    return this.call('addWorkflow', place, wish);
  }
  cancelJob(id: JobId) {
    return this.call('cancelJob', id);
  }
  readonly cancelJobs = (meant: JobsMeant) => this.call('cancelJobs', meant);
  readonly retryJobs = (meant: JobsMeant, seed: RetrySeed) => this.call('retryJobs', meant, seed);
  readonly moveJobs = (ids: readonly JobId[], place: QueuePlace) => this.call('moveJobs', ids, place);
  readonly pauseQueue = () => this.call('pauseQueue');
  readonly resumeQueue = () => this.call('resumeQueue');
  readonly queue = (next?: number) => this.call('queue', next);
  settled(ids: readonly JobId[]) {
    return this.call('settled', ids);
  }
  fixTakes(root: string) {
    return this.call('fixTakes', root);
  }
  work(id: string, request: WorkRequest) {
    return this.call('work', id, request);
  }
  cancelWork(id: string) {
    return this.call('cancelWork', id);
  }
  gitStatus(root: string) {
    return this.call('gitStatus', root);
  }
  lfsHealth(root: string) {
    return this.call('lfsHealth', root);
  }
  requireDeletable(root: string, name: string) {
    return this.call('requireDeletable', root, name);
  }
  problems(root: string) {
    return this.call('problems', root);
  }
  fixText(text: string, fix: ProblemFix) {
    return this.call('fixText', text, fix);
  }
  doctor(folder: string, vscode?: string) {
    return this.call('doctor', folder, vscode);
  }
}
