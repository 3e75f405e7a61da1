import type { JSONPath } from 'jsonc-parser';
import { assetTextPath } from '../../domain/assetPaths.ts';
import { AuteurError } from '../../errors.ts';
import { Asset, assetSchemaVersion } from '../../model/asset.ts';
import type { AssetId, SceneId } from '../../model/ids.ts';
import { Project, type AssetCategory } from '../../model/project.ts';
import { ShotList, shotListSchemaVersion } from '../../model/shotList.ts';
import { manifestPath, type Step } from '../history/fileStep.ts';
import { isKept, isSameAside, mediaStep, type MediaStep } from '../history/mediaStep.ts';
import { canRelocate, Relocations } from '../history/relocation.ts';
import { readJsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { emptyList } from '../newShotList.ts';
import { allScenes, readProject, requireWritable, type PlacedScene } from '../projectFiles.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { readTextFile } from '../textFile.ts';
import { DraftFile } from './draftFile.ts';
import type { List, Member, OpOf, Place } from './filmOp.ts';

type AnyFile = DraftFile<Project> | DraftFile<ShotList> | DraftFile<Asset>;

/** Where a list or a value stands. */
export interface Found<T> {
  readonly file: AnyFile;
  readonly path: JSONPath;
  readonly value: T;
}

interface TextChange {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A film as an edit will leave it: every change is made here first, and nothing is written before all of them fit. */
export class FilmDraft {
  readonly root: string;
  readonly #manifest: DraftFile<Project>;
  readonly #lists = new Map<string, DraftFile<ShotList>>();
  readonly #assets = new Map<string, DraftFile<Asset>>();
  readonly #texts = new Map<string, TextChange>();
  readonly #media = new Map<string, MediaStep>();
  readonly #relocations = new Relocations();
  /** In the order in which they were changed, which is the order in which they are written. */
  readonly #changed = new Set<string>();

  private constructor(root: string, manifest: DraftFile<Project>) {
    this.root = root;
    this.#manifest = manifest;
  }

  /** @throws AuteurError what `readProject` throws */
  static async open(root: string): Promise<FilmDraft> {
    return new FilmDraft(root, new DraftFile(manifestPath, Project, await readProject(root)));
  }

  /** @throws AuteurError `schema-newer` */
  requireWritable(): void {
    if (this.#manifest.file !== undefined) requireWritable(this.#manifest.file);
  }

  get project(): Project {
    const { value } = this.#manifest;
    if (value === undefined) throw new AuteurError('not-a-project', { path: this.root });
    return value;
  }

  scene(id: SceneId): PlacedScene | undefined {
    return allScenes(this.project).find(({ scene }) => scene.id === id);
  }

  /** The file of a scene's shot list; its text is undefined where it is not written yet. */
  async listFile(path: string): Promise<DraftFile<ShotList>> {
    const known = this.#lists.get(path);
    if (known !== undefined) return known;
    const absolute = await resolveInside(this.root, path);
    const file = (await isThere(absolute))
      ? await readJsonFile(absolute, ShotList, shotListSchemaVersion)
      : undefined;
    const draft = new DraftFile(path, ShotList, file);
    this.#lists.set(path, draft);
    return draft;
  }

  /** The file of the shot list of a scene that is in the film. */
  async listOf(scene: SceneId): Promise<DraftFile<ShotList> | undefined> {
    const placed = this.scene(scene);
    return placed === undefined ? undefined : this.listFile(placed.scene.shotList);
  }

  async assetFile(category: AssetCategory, id: AssetId): Promise<DraftFile<Asset> | undefined> {
    const ref = this.project.assets[category].find((asset) => asset.id === id);
    if (ref === undefined) return undefined;
    const path = assetTextPath(ref.folder);
    const known = this.#assets.get(path);
    if (known !== undefined) return known;
    const now = await resolveInside(this.root, this.#relocations.before(path));
    const file = (await isThere(now)) ? await readJsonFile(now, Asset, assetSchemaVersion) : undefined;
    // By the time it is written, it lies where the edit takes it.
    const draft = new DraftFile(path, Asset, file && { ...file, path: await resolveInside(this.root, path) });
    this.#assets.set(path, draft);
    return draft;
  }

  /** A scene whose list is not written yet, or was lost, gets one with the edit. */
  async beginList({ scene }: PlacedScene): Promise<ShotList> {
    const file = await this.listFile(scene.shotList);
    if (file.text === undefined) file.replace(emptyList(scene.id));
    return file.value ?? ShotList.parse(undefined);
  }

  async findList(list: List): Promise<Found<readonly Member[]> | undefined> {
    const { narrative, assets } = this.project;
    switch (list.of) {
      case 'chapters':
        return { file: this.#manifest, path: ['narrative', 'chapters'], value: narrative.chapters };
      case 'scenes': {
        const index = narrative.chapters.findIndex(({ id }) => id === list.chapter);
        const path = ['narrative', 'chapters', index, 'scenes'];
        const value = narrative.chapters[index]?.scenes;
        return value === undefined ? undefined : { file: this.#manifest, path, value };
      }
      case 'shots': {
        const file = await this.listOf(list.scene);
        return file?.value === undefined ? undefined : { file, path: ['shots'], value: file.value.shots };
      }
      case 'assets':
        return { file: this.#manifest, path: ['assets', list.category], value: assets[list.category] };
      case 'beats': {
        const value = narrative.emotionalBeats.map((beat): Member => ({ ...beat, id: beat.id ?? '' }));
        return { file: this.#manifest, path: ['narrative', 'emotionalBeats'], value };
      }
    }
  }

  async findPlace(place: Place): Promise<Found<object> | undefined> {
    switch (place.of) {
      case 'project':
        return { file: this.#manifest, path: [], value: this.project };
      case 'chapter':
        return this.#member({ of: 'chapters' }, place.id);
      case 'scene': {
        const placed = this.scene(place.id);
        return placed && this.#member({ of: 'scenes', chapter: placed.chapter.id }, place.id);
      }
      case 'shot':
        return this.#member({ of: 'shots', scene: place.scene }, place.id);
      case 'asset':
        return this.#member({ of: 'assets', category: place.category }, place.id);
      case 'beat':
        return this.#member({ of: 'beats' }, place.id);
      case 'beatAt': {
        const value = this.project.narrative.emotionalBeats[place.index];
        const path = ['narrative', 'emotionalBeats', place.index];
        return value === undefined ? undefined : { file: this.#manifest, path, value };
      }
      case 'assetText': {
        const file = await this.assetFile(place.category, place.id);
        return file?.value === undefined ? undefined : { file, path: [], value: file.value };
      }
    }
  }

  /** The text of any other file, as the edit will leave it. */
  async text(path: string): Promise<string | undefined> {
    const known = this.#lists.get(path) ?? this.#assets.get(path);
    if (known !== undefined) return known.text;
    return (await this.#textOf(path)).after;
  }

  async setText({ path, to }: OpOf<'file'>): Promise<void> {
    const known = this.#lists.get(path) ?? this.#assets.get(path);
    if (known === undefined) this.#texts.set(path, { ...(await this.#textOf(path)), after: to });
    else known.replace(to);
    this.#changed.add(path);
  }

  /** Whether the place a file or folder goes to will be free, and it itself is where it comes from. */
  async canMove(op: OpOf<'media'>): Promise<boolean> {
    const isAside = await isKept(this.root, op.kept);
    const isHere = await this.holds(op.path);
    // A move that a crash has cut short left it in both places.
    if (isAside && isHere) return isSameAside(this.root, op);
    return op.way === 'in' ? isAside : isHere;
  }

  /** Whether there will be a file or folder at the path, but for the texts the edit writes. */
  async holds(path: string): Promise<boolean> {
    const moved = [...this.#media.values()].findLast((step) => step.path === path);
    if (moved !== undefined) return moved.way === 'in';
    const relocated = this.#relocations.holds(path);
    if (relocated !== undefined) return relocated;
    return (await kindOf(await resolveInside(this.root, path))) !== 'nothing';
  }

  async moveMedia(op: OpOf<'media'>): Promise<boolean> {
    const step = await mediaStep(this.root, op);
    if (step === undefined) return false;
    this.#media.set(op.kept, step);
    this.#changed.add(op.kept);
    return true;
  }

  canRelocate(op: OpOf<'relocate'>): Promise<boolean> {
    return canRelocate(this, op);
  }

  async relocate(op: OpOf<'relocate'>): Promise<boolean> {
    const key = await this.#relocations.add(this.root, op);
    if (key !== undefined) this.#changed.add(key);
    return key !== undefined;
  }

  /** Notes that a file was changed; the order of these calls is the order of the writes. */
  touched(path: string): void {
    this.#changed.add(path);
  }

  /**
   * What is to be written, in order.
   * @throws AuteurError `value-invalid` where a file could not be read again
   */
  steps(): readonly Step[] {
    for (const draft of [this.#manifest, ...this.#lists.values(), ...this.#assets.values()]) draft.check();
    const steps = [...this.#changed].map((path): Step => {
      const media = this.#media.get(path);
      if (media !== undefined) return media;
      const relocation = this.#relocations.step(path);
      if (relocation !== undefined) return relocation;
      const text = this.#texts.get(path);
      if (text !== undefined) return { path, before: text.before, text: text.after };
      const draft =
        path === manifestPath ? this.#manifest : (this.#lists.get(path) ?? this.#assets.get(path));
      return { path, file: draft?.file, before: draft?.file?.text, text: draft?.text };
    });
    return steps.filter((step) => 'files' in step || step.before !== step.text);
  }

  async #member(list: List, id: string): Promise<Found<object> | undefined> {
    const found = await this.findList(list);
    const index = found?.value.findIndex((member) => member.id === id) ?? -1;
    const value = found?.value[index];
    return found && value && { file: found.file, path: [...found.path, index], value };
  }

  async #textOf(path: string): Promise<TextChange> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = await readTextFile(await resolveInside(this.root, path));
    return { before: text, after: text };
  }
}
