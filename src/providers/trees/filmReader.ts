import { isDeepStrictEqual } from 'node:util';
import { toFailure } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { DocumentView } from '../../core/protocol/documentView.ts';
import type { FilmView } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';
import { BeatNodes } from './beatNodes.ts';
import { changedShots, drawn } from './changedShots.ts';
import { DocumentNodes } from './documentNodes.ts';
import type { FilmNodes } from './filmNodes.ts';
import type { FilmNode, ProjectNode, SceneNode, ShotNode } from './nodes.ts';

interface WholeFilm {
  readonly film: FilmView;
  readonly documents: readonly DocumentView[];
}

export interface FilmReaderNeeds {
  readonly studio: Pick<Studio, 'film' | 'shots' | 'shot' | 'takes' | 'documents'>;
  readonly jobs: Pick<JobBoard, 'ofShot'>;
  readonly nodes: FilmNodes;
}

/** Reads what is below the nodes of the tree, and finds out what of it is not drawn as it is now. */
export class FilmReader {
  readonly #needs: FilmReaderNeeds;
  readonly #beats = new BeatNodes();
  readonly #documents = new DocumentNodes();
  readonly #read = new WeakMap<ProjectNode, WholeFilm>();
  readonly #last = new WeakMap<FilmNode, readonly FilmNode[]>();
  /** The films as the editor was last given them; what only a command has read is not among them. */
  readonly #drawn = new WeakMap<ProjectNode, WholeFilm>();
  /** The last read of each film, and of the shots and takes of each scene. */
  readonly #turns = new WeakMap<ProjectNode | SceneNode, Promise<unknown>>();

  constructor(needs: FilmReaderNeeds) {
    this.#needs = needs;
  }

  async children(node: FilmNode): Promise<readonly FilmNode[]> {
    switch (node.kind) {
      case 'project':
        return (node.children ??= await this.#orLast(node, () => this.#whole(node)));
      case 'chapter':
        return this.#needs.nodes.scenes(node);
      case 'scene':
        return (node.children ??= await this.#orLast(node, () => this.#shots(node)));
      case 'shot':
        return (node.children ??= await this.#orLast(node, () => this.#takes(node)));
      case 'beats':
        return this.#beats.children(node);
      case 'documents':
        return this.#documents.children(node);
      case 'beat':
      case 'document':
      case 'take':
      case 'problem':
        return [];
    }
  }

  /** The node at an address, read from the files if need be. */
  async find(root: string, address = ''): Promise<FilmNode | undefined> {
    const steps = address === '' ? [] : address.split('/');
    let node: FilmNode | undefined = this.#needs.nodes.findProject(root);
    for (let depth = 1; node !== undefined && depth <= steps.length; depth++) {
      const wanted = steps.slice(0, depth).join('/');
      const children = await this.children(node);
      node = children.find((child) => 'address' in child && child.address === wanted);
    }
    return node;
  }

  /** The editor has got the children of a node. */
  gave(node: FilmNode): void {
    const film = node.kind === 'project' ? this.#read.get(node) : undefined;
    if (node.kind === 'project' && film !== undefined) this.#drawn.set(node, film);
  }

  /** @returns what is to be drawn anew */
  async reloadProject(node: ProjectNode): Promise<readonly FilmNode[]> {
    const before = node.view.problem;
    try {
      node.children = await this.#orLast(node, () => this.#whole(node));
    } catch (error) {
      node.view = { ...node.view, problem: toFailure(error) };
      node.children = undefined;
      this.#drawn.delete(node);
      return [node];
    }
    const isMarkedAlike = isDeepStrictEqual(node.view.problem, before);
    return isMarkedAlike && isDeepStrictEqual(this.#read.get(node), this.#drawn.get(node)) ? [] : [node];
  }

  /** @returns what is to be drawn anew: the shots that changed, or all where there are others or in another order */
  async reloadScene(node: SceneNode): Promise<readonly FilmNode[]> {
    const before = drawn(node.children);
    const mark = node.problem;
    try {
      const shots = (await this.#orLast(node, () => this.#shots(node))).filter((one) => one.kind === 'shot');
      node.children = shots;
      const changed = changedShots(before, shots);
      for (const shot of changed ?? shots) shot.children = undefined;
      if (changed === undefined) return [node];
      const opened = await Promise.all(shots.map((shot) => this.#reloadTakes(shot)));
      const marked = isDeepStrictEqual(node.problem, mark) ? [] : [node];
      return [...new Set([...marked, ...changed, ...opened.flat()])];
    } catch {
      // Read again, and told, when the tree asks for the children.
      node.children = undefined;
      return [node];
    }
  }

  /**
   * One shot has other takes; the rest of its scene is left alone.
   * @returns what is to be drawn anew
   */
  async reloadShot(node: ShotNode): Promise<readonly FilmNode[]> {
    const { studio, jobs } = this.#needs;
    try {
      const view = await this.#inTurn(node.parent, () => studio.shot(node.root, node.shotId));
      if (view.sceneId !== node.parent.view.id) return await this.reloadScene(node.parent);
      node.view = view;
      node.children = undefined;
      node.job = jobs.ofShot(node.shotId);
      return [node];
    } catch {
      // It may be gone, or its list be broken: the scene tells.
      return this.reloadScene(node.parent);
    }
  }

  forget(root: string): void {
    const project = this.#needs.nodes.findProject(root);
    if (project !== undefined) project.children = undefined;
    for (const scene of this.#needs.nodes.knownScenes(root)) {
      for (const shot of scene.children ?? []) shot.children = undefined;
      scene.children = undefined;
    }
  }

  /** A medium that was fetched or lost changes the take and not its shot. */
  async #reloadTakes(shot: ShotNode): Promise<readonly FilmNode[]> {
    if (shot.children === undefined) return [];
    const before = [...drawn(shot.children).values()];
    shot.children = await this.#orLast(shot, () => this.#takes(shot));
    const after = [...drawn(shot.children).values()];
    return isDeepStrictEqual(after, before) ? [] : [shot];
  }

  /** What cannot be read now stays as it was read last, and the node says so. */
  async #orLast(
    node: ProjectNode | SceneNode | ShotNode,
    read: () => Promise<readonly FilmNode[]>,
  ): Promise<readonly FilmNode[]> {
    try {
      const children = await read();
      this.#last.set(node, children);
      if (node.kind === 'scene') node.problem = undefined;
      return children;
    } catch (error) {
      const last = this.#last.get(node);
      if (last === undefined) throw error;
      if (node.kind === 'project') node.view = { ...node.view, problem: toFailure(error) };
      // A film that cannot be read is marked itself, and not each of its scenes.
      if (node.kind === 'scene' && node.parent.parent.view.problem === undefined)
        node.problem = toFailure(error);
      return last;
    }
  }

  /** Reads end in the order they begin: what is drawn never goes back to what an older one has found. */
  #inTurn<T>(of: ProjectNode | SceneNode, read: () => Promise<T>): Promise<T> {
    const mine = (this.#turns.get(of) ?? Promise.resolve()).then(read, read);
    this.#turns.set(of, mine);
    return mine;
  }

  async #whole(project: ProjectNode): Promise<readonly FilmNode[]> {
    const { studio, nodes } = this.#needs;
    const { film, documents } = await this.#inTurn(project, async () => ({
      film: await studio.film(project.root),
      documents: await studio.documents(project.root),
    }));
    this.#read.set(project, { film, documents });
    project.view = film.project;
    const beside = [...this.#beats.of(project, film.beats), ...this.#documents.of(project, documents)];
    return [...nodes.chapters(project, film), ...beside];
  }

  async #shots(scene: SceneNode): Promise<readonly ShotNode[]> {
    const { studio, nodes, jobs } = this.#needs;
    const views = await this.#inTurn(scene, () => studio.shots(scene.root, scene.view.id));
    const shots = nodes.shots(scene, views);
    for (const shot of shots) shot.job = jobs.ofShot(shot.shotId);
    return shots;
  }

  async #takes(shot: ShotNode): Promise<readonly FilmNode[]> {
    const { studio, nodes } = this.#needs;
    return nodes.takes(shot, await this.#inTurn(shot.parent, () => studio.takes(shot.root, shot.shotId)));
  }
}
