import { basename } from 'node:path';
import { AuteurError, toFailure } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { SceneId, ShotId } from '../core/model/ids.ts';
import type { CommitState } from '../core/model/job.ts';
import type {
  Activated,
  Added,
  EditHistory,
  Milestones,
  NewProject,
  NewShot,
  Undone,
} from '../core/ports/studio.ts';
import type {
  FilmView,
  JobView,
  Problem,
  ProjectSummary,
  ShotView,
  TakeView,
} from '../core/protocol/views.ts';
import { EditRequest, type Edited } from '../core/protocol/editRequest.ts';
import type { PlacedProblem, ProblemFix, TextChange } from '../core/protocol/problems.ts';
import { commitEdit } from '../core/storage/editCommit.ts';
import { editFilm, type FilmEdit } from '../core/storage/edits/editFilm.ts';
import { planEdit } from '../core/storage/edits/planEdit.ts';
import { addChapter, addScene, addShot, setActiveTake } from '../core/storage/filmEdits.ts';
import { FilmProblems } from '../core/storage/filmProblems.ts';
import { filmView, findShotById, projectSummary, shotViews, takeViews } from '../core/storage/filmViews.ts';
import { fixText } from '../core/storage/fixText.ts';
import { readHistory, redoEdit, undoEdit, type HistoryStep } from '../core/storage/history/undo.ts';
import { isThere, projectFolders } from '../core/storage/locate.ts';
import { readMilestones } from '../core/storage/milestones.ts';
import { isOwnFolder, kindOf } from '../core/storage/ownFolder.ts';
import { findShot, readProject } from '../core/storage/projectFiles.ts';
import { realRoot } from '../core/storage/projectPath.ts';
import { createProjectFolder } from '../core/storage/scaffold.ts';
import { validateProject } from '../core/storage/validate.ts';
import { StudioEvents } from './studioEvents.ts';

export interface DeskOptions {
  readonly trusted: boolean;
  readonly edits: 'commit' | 'leave';
}

/** The film's side of the studio: reading and editing projects, and telling what changed. */
export class FilmDesk {
  readonly #options: DeskOptions;
  readonly #events = new StudioEvents();
  readonly #jobsChanged = new Emitter<readonly JobView[]>();
  readonly #open = new Set<string>();
  readonly #problems = new FilmProblems();
  readonly onEvent = this.#events.onEvent;
  readonly onJobs = this.#jobsChanged.event;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async listProjects(workspace: string): Promise<readonly ProjectSummary[]> {
    // In a folder nobody vouches for, a link may lead to films of the user's that are none of its business.
    if (!this.#options.trusted && !(await isOwnFolder(workspace, 'Projects'))) return [];
    const folders = await projectFolders(workspace);
    return Promise.all(folders.map((folder) => this.#summary(folder)));
  }

  async createProject(request: NewProject): Promise<ProjectSummary> {
    this.requireTrust();
    const root = await createProjectFolder(request);
    const summary = await projectSummary(root);
    if (summary.id !== undefined) {
      this.#events.emit(summary.id, {
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

  film(root: string): Promise<FilmView> {
    return filmView(root);
  }

  shots(root: string, scene: SceneId): Promise<readonly ShotView[]> {
    return shotViews(root, scene);
  }

  async takes(root: string, shot: ShotId): Promise<readonly TakeView[]> {
    return takeViews(root, await findShotById(root, shot));
  }

  milestones(root: string): Promise<Milestones> {
    return readMilestones(root);
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

  async activateTake(root: string, address: string, takeNumber: number): Promise<Activated> {
    this.requireTrust();
    const { value: project } = await readProject(root);
    const placed = await findShot(root, project, address);
    const take = (await takeViews(root, placed)).find(({ number }) => number === takeNumber);
    if (take === undefined) throw new AuteurError('take-unknown', { address, number: takeNumber });
    const { commit } = await this.#edit(root, () => setActiveTake(root, address, take.id));
    this.#events.emit(project.id, { type: 'take_updated', shotId: placed.shot.id, takeId: take.id });
    return { take: { ...take, shown: 'active' }, ...(commit === undefined ? {} : { commit }) };
  }

  undoEdit(root: string): Promise<Undone> {
    return this.#step(root, () => undoEdit(root, (shot) => this.isBusy(root, shot)));
  }

  redoEdit(root: string): Promise<Undone> {
    return this.#step(root, () => redoEdit(root, (shot) => this.isBusy(root, shot)));
  }

  editHistory(root: string): Promise<EditHistory> {
    return readHistory(root);
  }

  validate(root: string): Promise<readonly Problem[]> {
    return validateProject(root, { git: this.#options.trusted });
  }

  async problems(path: string): Promise<readonly PlacedProblem[]> {
    const { problems, changed } = await this.#problems.find(path);
    if (changed !== undefined) this.#events.emit(changed, { type: 'problems_changed' });
    return problems;
  }

  fixText(text: string, fix: ProblemFix): Promise<TextChange | null> {
    return Promise.resolve(fixText(text, fix) ?? null);
  }

  /** Whether takes of the shot wait or are being made; a desk alone has no jobs. */
  protected isBusy: (root: string, shot: ShotId) => Promise<boolean> = () => Promise.resolve(false);

  protected openRoots(): readonly string[] {
    return [...this.#open];
  }

  protected requireTrust(): void {
    if (!this.#options.trusted) throw new AuteurError('untrusted');
  }

  protected jobsChanged(jobs: readonly JobView[]): void {
    this.#jobsChanged.fire(jobs);
    this.#events.jobsChanged(jobs);
  }

  protected disposeDesk(): void {
    this.#events.dispose();
    this.#jobsChanged.dispose();
  }

  async #summary(root: string): Promise<ProjectSummary> {
    if (this.#options.trusted || (await kindOf(root)) === 'folder') return projectSummary(root);
    const problem = toFailure(new AuteurError('path-outside', { path: root }));
    return { root, name: basename(root), chapters: 0, scenes: 0, readOnly: true, problem };
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
    const told = async (): Promise<E> => {
      const made = await edit();
      const { value: project } = await readProject(root);
      const changes = [...made.files];
      this.#events.emit(project.id, { type: 'project_update', projectId: project.id, changes });
      return made;
    };
    return this.#options.edits === 'leave' ? { edit: await told() } : commitEdit(root, told);
  }
}
