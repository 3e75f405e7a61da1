import { AuteurError } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { ShotId } from '../core/model/ids.ts';
import type { CommitState } from '../core/model/job.ts';
import type { Activated, Added, NewProject, NewShot, Undone } from '../core/ports/studio.ts';
import type { JobView, ProjectSummary } from '../core/protocol/views.ts';
import type { FixedTakes } from '../core/protocol/fixedTakes.ts';
import { EditRequest, type Edited } from '../core/protocol/editRequest.ts';
import { commitEdit } from '../core/storage/editCommit.ts';
import { editFilm, type FilmEdit } from '../core/storage/edits/editFilm.ts';
import type { Imported } from '../core/protocol/assetViews.ts';
import type { ImportRequest } from '../core/protocol/importRequest.ts';
import { assetEvents } from '../core/storage/assetEvents.ts';
import { planEdit } from '../core/storage/edits/planEdit.ts';
import { addChapter, addScene, addShot, setActiveTake } from '../core/storage/filmEdits.ts';
import { projectSummary } from '../core/storage/filmViews.ts';
import { redoEdit, undoEdit, type HistoryStep } from '../core/storage/history/undo.ts';
import { isThere } from '../core/storage/locate.ts';
import { findShot, readProject } from '../core/storage/projectFiles.ts';
import { realRoot } from '../core/storage/projectPath.ts';
import { createProjectFolder } from '../core/storage/scaffold.ts';
import { eventsOfEdit, structureOf } from './eventsOfEdit.ts';
import { AssetImports } from './assetImports.ts';
import { fixFilm } from './fixFilm.ts';
import { ifReadable } from '../core/storage/merges/ifReadable.ts';
import { WorkDesk } from './workDesk.ts';

/** The film's side of the studio: reading and editing projects, and telling what changed. */
export class FilmDesk extends WorkDesk {
  readonly #jobsChanged = new Emitter<readonly JobView[]>();
  readonly #open = new Set<string>();
  readonly #imports = new AssetImports({
    make: (root, edit) => this.#make(root, edit),
    emit: (project, event) => this.events.emit(project, event),
  });
  readonly onJobs = this.#jobsChanged.event;

  async createProject(request: NewProject): Promise<ProjectSummary> {
    this.requireTrust();
    const root = await createProjectFolder(request);
    const summary = await projectSummary(root);
    if (summary.id !== undefined) {
      this.events.emit(summary.id, {
        type: 'project_update',
        projectId: summary.id,
        changes: ['project.json'],
      });
    }
    return summary;
  }

  async openProject(path: string): Promise<ProjectSummary> {
    const root = await realRoot(path);
    const summary = await projectSummary(root);
    if (summary.problem === undefined) this.#open.add(root);
    return summary;
  }

  /** A project that is gone from the disk is closed under the path it was opened by. */
  async closeProject(path: string): Promise<void> {
    this.#open.delete((await isThere(path)) ? await realRoot(path) : path);
  }

  addChapter(root: string, title: string): Promise<Added> {
    return this.#edit(root, () => addChapter(root, title));
  }

  addScene(root: string, chapter: string, title: string): Promise<Added> {
    return this.#edit(root, () => addScene(root, chapter, title));
  }

  addShot(root: string, scene: string, shot: NewShot): Promise<Added> {
    return this.#edit(root, () => addShot(root, scene, shot));
  }

  async edit(root: string, request: EditRequest): Promise<Edited> {
    const parsed = EditRequest.safeParse(request);
    if (!parsed.success)
      throw new AuteurError('unexpected', { reason: parsed.error.issues[0]?.message ?? '' });
    const isBusy = (shot: ShotId): Promise<boolean> => this.isBusy(root, shot);
    const { edit: made, ...commit } = await this.#make(root, () =>
      editFilm(root, (draft) => planEdit(draft, parsed.data, isBusy)),
    );
    return { summary: made.summary, nodes: made.nodes, files: made.files, ...commit };
  }

  async importAssets(root: string, request: ImportRequest): Promise<Imported> {
    this.requireTrust();
    return this.#imports.run(root, request);
  }

  cancelImport(id: string): Promise<void> {
    this.#imports.cancel(id);
    return Promise.resolve();
  }

  async activateTake(root: string, address: string, takeNumber: number): Promise<Activated> {
    this.requireTrust();
    const { value: project } = await readProject(root);
    const placed = await findShot(root, project, address);
    const take = (await this.reading.takesOf(root, placed)).find(({ number }) => number === takeNumber);
    if (take === undefined) throw new AuteurError('take-unknown', { address, number: takeNumber });
    const { commit } = await this.#edit(root, () => setActiveTake(root, address, take.id));
    this.events.emit(project.id, { type: 'take_updated', shotId: placed.shot.id, takeId: take.id });
    return { take: { ...take, shown: 'active' }, ...(commit === undefined ? {} : { commit }) };
  }

  undoEdit(root: string): Promise<Undone> {
    return this.#step(root, () => undoEdit(root, (shot) => this.isBusy(root, shot)));
  }

  redoEdit(root: string): Promise<Undone> {
    return this.#step(root, () => redoEdit(root, (shot) => this.isBusy(root, shot)));
  }

  async fixTakes(root: string): Promise<FixedTakes> {
    this.requireTrust();
    const fixed = await fixFilm(root, {
      commits: this.options.edits === 'commit',
      edit: (edit) => this.#make(root, edit),
      leave: (edit) => this.#told(root, edit),
    });
    const { id } = (await ifReadable(readProject(root)))?.value ?? {};
    const changes = [...fixed.merged, ...fixed.renumbered.map(({ folder }) => folder)];
    if (id !== undefined) this.events.emit(id, { type: 'project_update', projectId: id, changes });
    return fixed;
  }

  /** Whether takes of the shot wait or are being made; a desk alone has no jobs. */
  protected isBusy: (root: string, shot: ShotId) => Promise<boolean> = () => Promise.resolve(false);

  protected openRoots(): readonly string[] {
    return [...this.#open];
  }

  protected jobsChanged(jobs: readonly JobView[]): void {
    this.#jobsChanged.fire(jobs);
    this.events.jobsChanged(jobs);
  }

  protected disposeDesk(): void {
    this.#imports.cancelAll();
    this.disposeReading();
    this.#jobsChanged.dispose();
  }

  async #edit(root: string, edit: () => Promise<FilmEdit>): Promise<Added> {
    const { edit: made, ...commit } = await this.#make(root, edit);
    return { address: made.address, id: made.id, ...commit };
  }

  async #step(root: string, take: () => Promise<HistoryStep>): Promise<Undone> {
    const { edit: made, ...commit } = await this.#make(root, take);
    return { summary: made.of, files: made.files, ...commit };
  }

  async #make<E extends FilmEdit>(
    root: string,
    edit: () => Promise<E>,
  ): Promise<{ edit: E; commit?: CommitState }> {
    this.requireTrust();
    const told = (): Promise<E> => this.#told(root, edit);
    return this.options.edits === 'leave' ? { edit: await told() } : commitEdit(root, told);
  }

  async #told<E extends FilmEdit>(root: string, edit: () => Promise<E>): Promise<E> {
    const before = await structureOf(root);
    const made = await edit();
    const { value: project } = await readProject(root);
    const changes = [...made.files];
    this.events.emit(project.id, { type: 'project_update', projectId: project.id, changes });
    for (const event of eventsOfEdit(project, changes, before)) this.events.emit(project.id, event);
    for (const event of assetEvents(project, made.ops)) this.events.emit(project.id, event);
    return made;
  }
}
