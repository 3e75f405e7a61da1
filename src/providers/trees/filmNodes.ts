import { toFailure } from '../../core/errors.ts';
import type { ShotId } from '../../core/model/ids.ts';
import type {
  ChapterView,
  FilmView,
  ProjectSummary,
  SceneSummary,
  ShotView,
  TakeView,
} from '../../core/protocol/views.ts';
import type {
  ChapterNode,
  FilmNode,
  ProblemNode,
  ProjectNode,
  SceneNode,
  ShotNode,
  TakeNode,
} from './nodes.ts';

interface Keepable<P> {
  readonly id: string;
  readonly parent: P;
  view: unknown;
}

/** Hands out the same object for the same thing, with what was read last. */
class Kept<P, N extends Keepable<P>> {
  readonly #nodes = new Map<string, N>();

  keep(fresh: N): N {
    const known = this.#nodes.get(fresh.id);
    if (known === undefined || known.parent !== fresh.parent) {
      this.#nodes.set(fresh.id, fresh);
      return fresh;
    }
    known.view = fresh.view;
    return known;
  }

  get(id: string): N | undefined {
    return this.#nodes.get(id);
  }

  all(): readonly N[] {
    return [...this.#nodes.values()];
  }
}

/** The nodes of the tree, each made once. */
export class FilmNodes {
  readonly #projects = new Kept<undefined, ProjectNode>();
  readonly #chapters = new Kept<ProjectNode, ChapterNode>();
  readonly #scenes = new Kept<ChapterNode, SceneNode>();
  readonly #shots = new Kept<SceneNode, ShotNode>();
  readonly #takes = new Kept<ShotNode, TakeNode>();
  #listed: readonly ProjectSummary[] | undefined;

  /** A list that was given before is older than what its films were read as since. */
  projects(listed: readonly ProjectSummary[]): ProjectNode[] {
    const isOld = listed === this.#listed;
    this.#listed = listed;
    return listed.map((view) => (isOld ? this.findProject(view.root) : undefined) ?? this.project(view));
  }

  project(view: ProjectSummary): ProjectNode {
    const { root } = view;
    return this.#projects.keep({
      kind: 'project',
      id: root,
      root,
      parent: undefined,
      children: undefined,
      view,
    });
  }

  chapters(parent: ProjectNode, film: FilmView): readonly ChapterNode[] {
    return film.chapters.map((view) => this.#chapter(parent, view));
  }

  scenes(parent: ChapterNode): readonly SceneNode[] {
    return parent.view.scenes.map((view) => this.#scene(parent, view));
  }

  shots(parent: SceneNode, views: readonly ShotView[]): readonly ShotNode[] {
    return views.map((view) => this.#shot(parent, view));
  }

  takes(parent: ShotNode, views: readonly TakeView[]): readonly TakeNode[] {
    const present = views.filter((view) => view.media !== 'deleted');
    return present.sort((a, b) => b.number - a.number).map((view) => this.#take(parent, view));
  }

  problem(parent: FilmNode | undefined, error: unknown): ProblemNode {
    const { id, root } = parent ?? { id: '', root: '' };
    const view = toFailure(error);
    return { kind: 'problem', id: `${id}#problem`, root, parent, children: undefined, view };
  }

  findProject(root: string): ProjectNode | undefined {
    return this.#projects.get(root);
  }

  findShot(root: string, shot: string): ShotNode | undefined {
    return this.#shots.get(shotKey(root, shot));
  }

  /** Scenes of a project that were read already. */
  knownScenes(root: string): readonly SceneNode[] {
    return this.#scenes.all().filter((scene) => scene.root === root);
  }

  /** The scene a shot list is of, by the name of its file. */
  sceneOf(root: string, file: string): SceneNode | undefined {
    const number = Number(/_Scene_(\d+)\./.exec(file)?.[1] ?? 0);
    return this.knownScenes(root).find(({ view }) => view.number === number);
  }

  /** Ids of those shots that were read already whose takes are in this folder, relative to the project. */
  shotsIn(root: string, folder: string): readonly string[] {
    const nodes = this.knownScenes(root).flatMap(({ children = [] }) => children);
    return nodes.flatMap((node) =>
      node.kind === 'shot' && node.view.shot.folder === folder ? [node.shotId] : [],
    );
  }

  #chapter(parent: ProjectNode, view: ChapterView): ChapterNode {
    const { root } = parent;
    const id = `${root}#chapter:${view.id}`;
    return this.#chapters.keep({
      kind: 'chapter',
      id,
      root,
      parent,
      address: view.address,
      children: undefined,
      view,
    });
  }

  #scene(parent: ChapterNode, view: SceneSummary): SceneNode {
    const { root } = parent;
    const id = `${root}#scene:${view.id}`;
    return this.#scenes.keep({
      kind: 'scene',
      id,
      root,
      parent,
      address: view.address,
      children: undefined,
      view,
      problem: undefined,
    });
  }

  #shot(parent: SceneNode, view: ShotView): ShotNode {
    const { root } = parent;
    const { id: shotId, address } = view;
    const id = shotKey(root, shotId);
    const job = undefined;
    return this.#shots.keep({
      kind: 'shot',
      id,
      root,
      parent,
      address,
      shotId,
      children: undefined,
      view,
      job,
    });
  }

  #take(parent: ShotNode, view: TakeView): TakeNode {
    const { root, shotId, address } = parent;
    const id = `${root}#take:${view.id}`;
    return this.#takes.keep({
      kind: 'take',
      id,
      root,
      parent,
      address,
      shotId,
      takeId: view.id,
      children: undefined,
      view,
    });
  }
}

function shotKey(root: string, shot: ShotId | string): string {
  return `${root}#shot:${shot}`;
}
