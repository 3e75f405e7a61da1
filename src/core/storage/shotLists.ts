import { join } from 'node:path';
import { AuteurError } from '../errors.ts';
import type { SceneId, ShotId } from '../model/ids.ts';
import type { Project, Scene } from '../model/project.ts';
import type { ShotList } from '../model/shotList.ts';
import type { JsonFile } from './jsonFile.ts';
import { allScenes, readProject, readShotList, shotsOf, type PlacedShot } from './projectFiles.ts';
import { RememberedFiles } from './rememberedFiles.ts';

/** What is remembered of a scene's shot list. */
export interface ShotListFacts {
  readonly ids: readonly ShotId[];
  readonly folders: readonly string[];
  /** Whether a take of it was made active. */
  readonly hasActive: boolean;
}

const nothing: ShotListFacts = { ids: [], folders: [], hasActive: false };

/** Manifests and shot lists, remembered while their files stay as they are: for one shot not all of them are read. */
export class ShotLists {
  readonly #projects = new RememberedFiles<JsonFile<Project>>();
  readonly #facts = new RememberedFiles<ShotListFacts>();
  /** Where a shot was seen last, which need not be where it is now. */
  readonly #sceneOf = new Map<string, SceneId>();

  /** The manifest, as `readProject` reads it. */
  project(root: string): Promise<JsonFile<Project>> {
    return this.#projects.get(join(root, 'project.json'), () => readProject(root));
  }

  /** @throws AuteurError `path-outside`, `file-unreadable`, `schema-too-new` */
  facts(root: string, scene: Scene): Promise<ShotListFacts> {
    return this.#facts.get(join(root, scene.shotList), async () => {
      const list = await readShotList(root, scene);
      return list === undefined ? nothing : factsOf(list.value);
    });
  }

  /** The shots of a scene were read. */
  saw(root: string, scene: SceneId, shots: readonly ShotId[]): void {
    for (const id of shots) this.#sceneOf.set(shotKey(root, id), scene);
  }

  /**
   * Finds a shot by its id, first where it was seen last. A list that cannot be read hides only its own shots.
   * @throws AuteurError `address-unknown`, or what kept a list from being read
   */
  async find(root: string, id: ShotId): Promise<PlacedShot> {
    const { value: project } = await this.project(root);
    const last = this.#sceneOf.get(shotKey(root, id));
    const scenes = allScenes(project);
    const ordered = last === undefined ? scenes : scenes.toSorted((a, b) => rank(a, last) - rank(b, last));
    let unread: AuteurError | undefined;
    for (const placed of ordered) {
      try {
        const { ids } = await this.facts(root, placed.scene);
        const shots = ids.includes(id) ? await shotsOf(root, placed) : [];
        const found = shots.find(({ shot }) => shot.id === id);
        if (found === undefined) continue;
        this.saw(root, placed.scene.id, [id]);
        return found;
      } catch (error) {
        if (!AuteurError.is(error)) throw error;
        unread ??= error;
      }
    }
    throw unread ?? new AuteurError('address-unknown', { what: 'shot with id', address: id });
  }
}

function rank({ scene }: { readonly scene: Scene }, first: SceneId): number {
  return scene.id === first ? 0 : 1;
}

function shotKey(root: string, id: ShotId): string {
  return `${root}#${id}`;
}

function factsOf({ shots }: ShotList): ShotListFacts {
  return {
    ids: shots.map(({ id }) => id),
    folders: shots.map(({ folder }) => folder),
    hasActive: shots.some(({ activeTake }) => activeTake !== undefined),
  };
}
