import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../../core/events.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { Envelope } from '../../core/protocol/events.ts';
import type { JobView, ProjectSummary } from '../../core/protocol/views.ts';
import { Batch } from '../batch.ts';
import type { GitStates } from '../gitStates.ts';
import type { JobBoard } from '../jobBoard.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { FileHint } from '../projectWatcher.ts';
import type { Translate } from '../translate.ts';
import { DrawnGit } from './drawnGit.ts';
import { FilmNodes } from './filmNodes.ts';
import { FilmReader } from './filmReader.ts';
import { nodeItem } from './nodeItem.ts';
import { nodeTooltip } from './nodeTooltip.ts';
import { TakeFolders } from './takeFolders.ts';
import { TreeFilter } from './treeFilter.ts';
import { wornIn } from './worn.ts';
import type { FilmNode, ProjectNode, SceneNode, ShotNode } from './nodes.ts';

export interface ProjectTreeNeeds {
  readonly studio: Studio;
  readonly projects: ProjectIndex;
  readonly jobs: JobBoard;
  readonly git: Pick<GitStates, 'of' | 'onChanged'>;
  readonly t: Translate;
}

type Reloadable = ProjectNode | SceneNode | ShotNode;
/** Long enough for the events of one save to come together, short enough that a change shows at once. */
const reloadDelayMs = 5;
/** A shot whose job goes on is drawn at once, and then five times a second. */
const [redrawDelayMs, redrawPauseMs] = [10, 200];

/**
 * Project → Chapter → Scene → Shot → Take, each level read when it is opened.
 * Only what has changed is drawn anew: until the editor has asked for the children of a redrawn node again, a menu that
 * is open on one of them names nothing.
 */
export class ProjectTree implements vscode.TreeDataProvider<FilmNode>, vscode.Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<FilmNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #taken = this.#owned.add(new Emitter<ShotNode>());
  /** A shot has new takes, and they are read. */
  readonly onTaken = this.#taken.event;

  readonly #needs: ProjectTreeNeeds;
  readonly #nodes = new FilmNodes();
  readonly #reader: FilmReader;
  readonly #filter: TreeFilter;
  readonly #open = new Set<string>();
  readonly #drawnGit: DrawnGit;
  readonly #takeFolders = this.#owned.add(new TakeFolders());
  readonly onTakesHint = this.#takeFolders.onHint;
  /** Whether the filter lets it be seen. */
  readonly shows = (node: FilmNode): boolean => this.#filter.shows(node);
  /** The projects as they are drawn; undefined where the next list is drawn in any case. */
  #drawn: readonly ProjectSummary[] | undefined;
  readonly #stale = this.#owned.add(new Batch<Reloadable>(reloadDelayMs, (nodes) => this.#reload(nodes)));
  readonly #taking = this.#owned.add(new Batch<ShotNode>(reloadDelayMs, (nodes) => this.#reload(nodes)));
  readonly #redraw = this.#owned.add(
    new Batch<ProjectNode | ShotNode>(
      redrawDelayMs,
      (nodes) => {
        this.#changed.fire([...nodes]);
      },
      redrawPauseMs,
    ),
  );
  readonly #relist = this.#owned.add(
    new Batch<'projects'>(reloadDelayMs, async () => {
      try {
        await this.#needs.projects.refresh();
      } catch {
        // A list that cannot be read is told when the tree asks for it.
        this.#changed.fire(undefined);
      }
    }),
  );

  constructor(needs: ProjectTreeNeeds) {
    this.#needs = needs;
    this.#reader = new FilmReader({ ...needs, nodes: this.#nodes });
    this.#filter = new TreeFilter(needs);
    this.#drawnGit = new DrawnGit(needs);
    this.#owned.add(
      needs.projects.onChanged((projects) => {
        if (isDeepStrictEqual(projects, this.#drawn)) return;
        this.#drawn = projects;
        this.#takeFolders.keepOnly((root) => projects.some((project) => project.root === root));
        this.#changed.fire(undefined);
      }),
    );
    this.#owned.add(
      needs.studio.onEvent((envelope) => {
        this.#follow(envelope);
      }),
    );
    this.#owned.add(
      needs.jobs.onChanged((jobs) => {
        this.#showJobs(jobs);
      }),
    );
    this.#owned.add(
      needs.git.onChanged((root) => {
        const project = this.#nodes.findProject(root);
        if (project !== undefined && this.#drawnGit.isOutdated(root)) this.#changed.fire([project]);
      }),
    );
  }

  getTreeItem(node: FilmNode): vscode.TreeItem {
    const alone = node.kind === 'project' && this.#needs.projects.current.length === 1;
    const isFiltered = this.filtered !== '' && node.kind !== 'shot';
    const item = nodeItem(this.#needs.t, node, alone || isFiltered || this.#open.has(node.id));
    // A line the editor knows stays as closed as it was; what a filter has found is to be seen.
    if (isFiltered) item.id = `${node.id}#${this.filtered}`;
    if (node.kind === 'project') this.#drawnGit.describe(item, node.root);
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: FilmNode): Promise<vscode.TreeItem> {
    const worn = node.kind === 'shot' ? await wornIn(this.#needs.studio, node) : undefined;
    item.tooltip = nodeTooltip(this.#needs.t, node, { more: this.#drawnGit.linesOf(node), worn });
    return item;
  }

  getParent(node: FilmNode): FilmNode | undefined {
    return node.parent;
  }

  async getChildren(node?: FilmNode): Promise<FilmNode[]> {
    try {
      if (node === undefined) return this.#nodes.projects(await this.#needs.projects.list());
      const children = [...(await this.#reader.children(node))];
      this.#reader.gave(node);
      if (node.kind === 'scene') this.#takeFolders.show(node, children);
      return children.filter(this.shows);
    } catch (error) {
      this.#drawn = undefined;
      return [this.#nodes.problem(node, error)];
    }
  }

  /** Reads everything anew, down to what is expanded. */
  async refresh(): Promise<void> {
    for (const { root } of this.#needs.projects.current) this.#reader.forget(root);
    this.#drawn = undefined;
    await this.#needs.projects.refresh();
  }

  /** A line was opened or closed: one that a filter takes away comes back as it was. */
  opened(node: FilmNode, isOpen: boolean): void {
    if (node.kind === 'scene') this.#takeFolders.opened(node, isOpen);
    // The editor does not ask again for the shots of one that was closed, of whose takes nothing was heard.
    if (isOpen && node.kind === 'scene') this.#sceneChanged(node);
    if (isOpen) this.#open.add(node.id);
    else if (this.filtered === '') this.#open.delete(node.id);
  }

  isOpen(node: FilmNode): boolean {
    return this.#open.has(node.id);
  }

  /** What is typed as a filter; empty where everything is shown. */
  get filtered(): string {
    return this.#filter.typed;
  }

  /** Shows only the shots that fit, and what they are in; nothing typed shows everything. */
  async filter(typed: string): Promise<void> {
    const readable = this.#needs.projects.current.filter(({ problem }) => problem === undefined);
    const roots = readable.map(({ root }) => root);
    await this.#filter.set(typed, roots);
    this.#changed.fire(undefined);
  }

  /** Below a node, whether or not the filter shows it. */
  children(node: FilmNode | undefined): Promise<readonly FilmNode[]> {
    return node === undefined ? Promise.resolve([]) : this.#reader.children(node);
  }

  /** The node at an address, read from the files if need be. */
  find(root: string, address = ''): Promise<FilmNode | undefined> {
    return this.#reader.find(root, address);
  }

  /** Something may have changed on disk. */
  hint(hint: FileHint): void {
    // A project that could not be read was never opened; only reading the list anew opens it.
    if (hint.kind === 'projects' || this.#isBroken(hint.root)) this.#relist.add('projects');
    if (hint.kind === 'project' || hint.kind === 'git') this.#projectChanged(hint.root);
    else if (hint.kind === 'shotList') this.#shotListChanged(hint.root, hint.file);
    else if (hint.kind === 'document') this.#documentsChanged(hint.root);
    else if (hint.kind === 'takes')
      for (const shot of this.#nodes.shotsIn(hint.root, hint.file)) this.#takesChanged(hint.root, shot);
  }

  /** What was added below a place is read before the tree is asked for it. */
  async added(root: string, parent: string | undefined): Promise<void> {
    const node = await this.find(root, parent);
    const project = this.#nodes.findProject(root);
    if (project !== undefined) project.children = undefined;
    if (node?.kind === 'scene') node.children = undefined;
    const changed = node?.kind === 'scene' ? node : project;
    if (changed !== undefined) await this.#reload(new Set([changed]));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #reload(nodes: ReadonlySet<Reloadable>): Promise<void> {
    const shots = [...nodes].filter((node) => node.kind === 'shot');
    // Films first: a film that cannot be read is marked itself, and not each of its scenes.
    const films = await Promise.all(
      [...nodes].filter((node) => node.kind === 'project').map((node) => this.#reloadProject(node)),
    );
    const changed = await Promise.all([
      ...[...nodes].filter((node) => node.kind === 'scene').map((node) => this.#reader.reloadScene(node)),
      ...shots.filter(({ parent }) => !nodes.has(parent)).map((node) => this.#reader.reloadShot(node)),
    ]);
    const redrawn = new Set<FilmNode>([...films.flat(), ...changed.flat(), ...shots]);
    if (redrawn.size > 0) this.#changed.fire([...redrawn]);
    for (const shot of shots) this.#taken.fire(shot);
    // Which other shots fit the filter now is found out from whole films: what is known to be new does not wait.
    const refiltered = await this.#filter.reread(new Set([...nodes].map(({ root }) => root)));
    const projects = refiltered.flatMap((root) => this.#nodes.findProject(root) ?? []);
    if (projects.length > 0) this.#changed.fire(projects);
  }

  /** @returns what is to be drawn anew */
  async #reloadProject(node: ProjectNode): Promise<readonly FilmNode[]> {
    const redrawn = await this.#reader.reloadProject(node);
    // The list as it was read no longer says what is drawn.
    if (node.view.problem !== undefined) this.#drawn = undefined;
    return redrawn;
  }

  #follow({ projectId, event }: Envelope): void {
    const roots = this.#needs.projects.current
      .filter((project) => project.id === projectId)
      .map(({ root }) => root);
    if (event.type === 'take_created' || event.type === 'take_updated') {
      for (const root of roots) this.#takesChanged(root, event.shotId);
    } else if (event.type === 'project_update' || event.type === 'narrative_structure_changed') {
      for (const root of roots) this.#projectChanged(root);
    }
  }

  #showJobs(jobs: readonly JobView[]): void {
    for (const root of this.#filter.jobsChanged(jobs)) {
      const project = this.#nodes.findProject(root);
      if (project !== undefined) this.#redraw.add(project);
    }
    for (const { projectRoot, shotId, status } of jobs) {
      const shot = this.#nodes.findShot(projectRoot, shotId);
      if (shot === undefined) continue;
      shot.job = this.#needs.jobs.ofShot(shotId);
      // Another process may have recorded the take; only its job tells.
      if (status === 'completed') this.#takesChanged(projectRoot, shotId);
      else this.#redraw.add(shot);
    }
  }

  #takesChanged(root: string, shotId: string): void {
    const shot = this.#nodes.findShot(root, shotId);
    if (shot === undefined) return;
    shot.children = undefined;
    this.#taking.add(shot);
  }

  #isBroken(root: string): boolean {
    return this.#needs.projects.current.some((one) => one.root === root && one.problem !== undefined);
  }

  #documentsChanged(root: string): void {
    const project = this.#nodes.findProject(root);
    if (project !== undefined) this.#stale.add(project);
  }

  #projectChanged(root: string): void {
    this.#documentsChanged(root);
    for (const scene of this.#nodes.knownScenes(root)) this.#sceneChanged(scene);
  }

  #shotListChanged(root: string, file: string): void {
    const scene = this.#nodes.sceneOf(root, file);
    if (scene === undefined) this.#projectChanged(root);
    else this.#sceneChanged(scene);
  }

  #sceneChanged(scene: SceneNode): void {
    if (scene.children !== undefined) this.#stale.add(scene);
  }
}
