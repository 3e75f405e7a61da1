import { Project, type Scene } from '../../model/project.ts';
import { ShotList, type Shot } from '../../model/shotList.ts';
import type { Git } from '../git.ts';
import { parseJsonText } from '../jsonText.ts';
import { allScenes } from '../projectFiles.ts';

/** A film as a commit has it; what cannot be read there is not there. */
export class FormerFilm {
  readonly #git: Git;
  readonly #commit: string;
  readonly #texts = new Map<string, Promise<unknown>>();

  constructor(git: Git, commit: string) {
    this.#git = git;
    this.#commit = commit;
  }

  async project(): Promise<Project | undefined> {
    return Project.safeParse(await this.#json('project.json')).data;
  }

  async scenes(): Promise<readonly Scene[]> {
    const project = await this.project();
    return project === undefined ? [] : allScenes(project).map(({ scene }) => scene);
  }

  async shotsOf(id: Scene['id']): Promise<readonly Shot[]> {
    const scene = (await this.scenes()).find((one) => one.id === id);
    return scene === undefined ? [] : this.#shotsIn(scene);
  }

  /** Wherever it stood. */
  async shot(id: Shot['id']): Promise<Shot | undefined> {
    for (const scene of await this.scenes()) {
      const found = (await this.#shotsIn(scene)).find((shot) => shot.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #shotsIn({ shotList }: Scene): Promise<readonly Shot[]> {
    return ShotList.safeParse(await this.#json(shotList)).data?.shots ?? [];
  }

  #json(path: string): Promise<unknown> {
    const known = this.#texts.get(path) ?? this.#read(path);
    this.#texts.set(path, known);
    return known;
  }

  async #read(path: string): Promise<unknown> {
    const text = await this.#git.query(['cat-file', 'blob', `${this.#commit}:${path}`]);
    const json = text === undefined ? undefined : parseJsonText(text.replace(/^\uFEFF/, ''));
    return json === undefined || 'problem' in json ? undefined : json.value;
  }
}
