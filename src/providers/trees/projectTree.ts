import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../../core/events.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { Envelope } from '../../core/protocol/events.ts';
import type { JobView, ProjectSummary } from '../../core/protocol/views.ts';
import { Batch } from '../batch.ts';
import type { JobBoard } from '../jobBoard.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { FileHint } from '../projectWatcher.ts';
import type { Translate } from '../translate.ts';
import { FilmNodes } from './filmNodes.ts';
import { FilmReader } from './filmReader.ts';
import { nodeItem } from './nodeItem.ts';
import { nodeTooltip } from './nodeTooltip.ts';
import type { FilmNode, ProjectNode, SceneNode, ShotNode } from './nodes.ts';

export interface ProjectTreeNeeds {
  readonly studio: Studio;
  readonly projects: ProjectIndex;
  readonly jobs: JobBoard;
  readonly t: Translate;
}

type Reloadable = ProjectNode | SceneNode | ShotNode;
/** Long enough for the events of one save to come together, short enough that a change shows at once. */
const reloadDelayMs = 5;
const relistDelayMs = 20;
const redrawDelayMs = 200;

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
  /** The projects as they are drawn; undefined where the next list is drawn in any case. */
  #drawn: readonly ProjectSummary[] | undefined;
  readonly #stale = this.#owned.add(new Batch<Reloadable>(reloadDelayMs, (nodes) => this.#reload(nodes)));
  readonly #redraw = this.#owned.add(
    new Batch<ShotNode>(redrawDelayMs, (nodes) => {
      this.#changed.fire([...nodes]);
    }),
  );

  readonly #relist = this.#owned.add(
    new Batch<'projects'>(relistDelayMs, async () => {
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
    this.#owned.add(
      needs.projects.onChanged((projects) => {
        if (isDeepStrictEqual(projects, this.#drawn)) return;
        this.#drawn = projects;
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
  }

  getTreeItem(node: FilmNode): vscode.TreeItem {
    const alone = node.kind === 'project' && this.#needs.projects.current.length === 1;
    return nodeItem(this.#needs.t, node, alone);
  }

  resolveTreeItem(item: vscode.TreeItem, node: FilmNode): vscode.TreeItem {
    item.tooltip = nodeTooltip(this.#needs.t, node);
    return item;
  }

  getParent(node: FilmNode): FilmNode | undefined {
    return node.parent;
  }

  async getChildren(node?: FilmNode): Promise<FilmNode[]> {
    try {
      if (node === undefined)
        return (await this.#needs.projects.list()).map((view) => this.#nodes.project(view));
      const children = [...(await this.#reader.children(node))];
      this.#reader.gave(node);
      return children;
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

  /** The node at an address, read from the files if need be. */
  async find(root: string, address = ''): Promise<FilmNode | undefined> {
    const steps = address === '' ? [] : address.split('/');
    let node: FilmNode | undefined = this.#nodes.findProject(root);
    for (let depth = 1; node !== undefined && depth <= steps.length; depth++) {
      const wanted = steps.slice(0, depth).join('/');
      const children = await this.#reader.children(node);
      node = children.find((child) => 'address' in child && child.address === wanted);
    }
    return node;
  }

  /** Something may have changed on disk. */
  hint(hint: FileHint): void {
    // A project that could not be read was never opened; only reading the list anew opens it.
    if (hint.kind === 'projects' || this.#isBroken(hint.root)) this.#relist.add('projects');
    if (hint.kind === 'project' || hint.kind === 'git') this.#projectChanged(hint.root);
    else if (hint.kind === 'shotList') this.#shotListChanged(hint.root, hint.file);
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
    const projects = [...nodes].filter((node) => node.kind === 'project');
    const scenes = new Set([...nodes].flatMap((node) => (node.kind === 'project' ? [] : [sceneOf(node)])));
    const films = await Promise.all(projects.map((node) => this.#reloadProject(node)));
    const changed = [
      ...films,
      ...(await Promise.all([...scenes].map((node) => this.#reader.reloadScene(node)))),
    ];
    const shots = [...nodes].filter((node) => node.kind === 'shot');
    const redrawn = new Set<FilmNode>([...changed.flat(), ...shots]);
    if (redrawn.size > 0) this.#changed.fire([...redrawn]);
    for (const shot of shots) this.#taken.fire(shot);
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
    this.#stale.add(shot);
  }

  #isBroken(root: string): boolean {
    return this.#needs.projects.current.some((one) => one.root === root && one.problem !== undefined);
  }

  #projectChanged(root: string): void {
    const project = this.#nodes.findProject(root);
    if (project !== undefined) this.#stale.add(project);
    for (const scene of this.#nodes.knownScenes(root)) this.#sceneChanged(scene);
  }

  #shotListChanged(root: string, file: string): void {
    const number = Number(/_Scene_(\d+)\./.exec(file)?.[1] ?? 0);
    const scene = this.#nodes.knownScenes(root).find(({ view }) => view.number === number);
    if (scene === undefined) this.#projectChanged(root);
    else this.#sceneChanged(scene);
  }

  #sceneChanged(scene: SceneNode): void {
    if (scene.children !== undefined) this.#stale.add(scene);
  }
}

function sceneOf(node: SceneNode | ShotNode): SceneNode {
  return node.kind === 'shot' ? node.parent : node;
}
