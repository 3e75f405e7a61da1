import { isDeepStrictEqual } from 'node:util';
import { toFailure } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { FilmView } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';
import { changedShots, drawn } from './changedShots.ts';
import type { FilmNodes } from './filmNodes.ts';
import type { ChapterNode, FilmNode, ProjectNode, SceneNode, ShotNode } from './nodes.ts';

export interface FilmReaderNeeds {
  readonly studio: Pick<Studio, 'film' | 'shots' | 'takes'>;
  readonly jobs: Pick<JobBoard, 'ofShot'>;
  readonly nodes: FilmNodes;
}

/** Reads what is below the nodes of the tree, and finds out what of it is not drawn as it is now. */
export class FilmReader {
  readonly #needs: FilmReaderNeeds;
  readonly #read = new WeakMap<ProjectNode, FilmView>();
  readonly #last = new WeakMap<FilmNode, readonly FilmNode[]>();
  /** The films as the editor was last given them; what only a command has read is not among them. */
  readonly #drawn = new WeakMap<ProjectNode, FilmView>();

  constructor(needs: FilmReaderNeeds) {
    this.#needs = needs;
  }

  async children(node: FilmNode): Promise<readonly FilmNode[]> {
    switch (node.kind) {
      case 'project':
        return (node.children ??= await this.#orLast(node, () => this.#chapters(node)));
      case 'chapter':
        return this.#needs.nodes.scenes(node);
      case 'scene':
        return (node.children ??= await this.#orLast(node, () => this.#shots(node)));
      case 'shot':
        return (node.children ??= await this.#orLast(node, () => this.#takes(node)));
      case 'take':
      case 'problem':
        return [];
    }
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
      node.children = await this.#orLast(node, () => this.#chapters(node));
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

  async #chapters(project: ProjectNode): Promise<readonly ChapterNode[]> {
    const film = await this.#needs.studio.film(project.root);
    this.#read.set(project, film);
    project.view = film.project;
    return this.#needs.nodes.chapters(project, film);
  }

  async #shots(scene: SceneNode): Promise<readonly ShotNode[]> {
    const { studio, nodes, jobs } = this.#needs;
    const shots = nodes.shots(scene, await studio.shots(scene.root, scene.view.id));
    for (const shot of shots) shot.job = jobs.ofShot(shot.shotId);
    return shots;
  }

  async #takes(shot: ShotNode): Promise<readonly FilmNode[]> {
    const { studio, nodes } = this.#needs;
    return nodes.takes(shot, [...(await studio.takes(shot.root, shot.shotId))]);
  }
}
