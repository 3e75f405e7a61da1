import { parseQuery } from '../core/domain/filmQuery.ts';
import type { RecipeView, ShotPrompt, StaleShot, TakeKey } from '../core/protocol/recipe.ts';
import { nothingHere, type PipelinesHere } from '../core/storage/takeSources.ts';
import { TakeDesk } from './takeDesk.ts';
import { basename } from 'node:path';
import { AuteurError, toFailure } from '../core/errors.ts';
import type { SceneId, ShotId } from '../core/model/ids.ts';
import type { EditHistory, Milestones } from '../core/ports/studio.ts';
import type { FilmView, FoundShot, ProjectSummary, ShotView, TakeView } from '../core/protocol/views.ts';
import type { DocumentView } from '../core/protocol/documentView.ts';
import type { BeatView } from '../core/protocol/beatView.ts';
import type { StructureList, StructurePreview } from '../core/protocol/structureView.ts';
import { readDocuments } from '../core/storage/documents.ts';
import { readBeats } from '../core/storage/beats.ts';
import { readStructures } from '../core/storage/templates.ts';
import type { ProblemFix } from '../core/protocol/problemFix.ts';
import type { PlacedProblem, TextChange } from '../core/protocol/problems.ts';
import { previewStructure } from '../core/storage/edits/structureEdit.ts';
import type { AssetUse } from '../core/model/assetUse.ts';
import type { AssetView } from '../core/protocol/assetViews.ts';
import { readAssetViews } from '../core/storage/assetViews.ts';
import { readAssetUses } from '../core/storage/edits/filmUses.ts';
import { FilmReading } from '../core/storage/filmReading.ts';
import { filmView, projectSummary } from '../core/storage/filmViews.ts';
import { FilmProblems } from '../core/storage/filmProblems.ts';
import { fixText } from '../core/storage/fixText.ts';
import { readHistory } from '../core/storage/history/undo.ts';
import { projectFolders } from '../core/storage/locate.ts';
import { isOwnFolder, kindOf } from '../core/storage/ownFolder.ts';
import { countShots } from './requestedShots.ts';
import { StudioEvents } from './studioEvents.ts';
import { TakeIndexing } from './takeIndexing.ts';

export interface DeskOptions {
  readonly trusted: boolean;
  readonly edits: 'commit' | 'leave';
  readonly log?: (line: string) => void;
}

/** What can be looked at in films; nothing here changes one. */
export class ReadingDesk {
  protected readonly options: DeskOptions;
  protected readonly events = new StudioEvents();
  protected readonly reading: FilmReading;
  readonly #indexing: TakeIndexing;
  protected readonly takeDesk: TakeDesk;
  readonly #problems = new FilmProblems();
  readonly onEvent = this.events.onEvent;

  constructor(options: DeskOptions) {
    this.options = options;
    this.reading = new FilmReading({ keeps: options.trusted, log: options.log });
    this.#indexing = new TakeIndexing(this.reading, this.events);
    this.takeDesk = new TakeDesk(this.reading, (root) => this.pipelinesHere(root));
  }

  async listProjects(workspace: string): Promise<readonly ProjectSummary[]> {
    // In a folder nobody vouches for, a link may lead to films of the user's that are none of its business.
    if (!this.options.trusted && !(await isOwnFolder(workspace, 'Projects'))) return [];
    const folders = await projectFolders(workspace);
    return Promise.all(folders.map((folder) => this.#summary(folder)));
  }

  film(root: string): Promise<FilmView> {
    return filmView(root);
  }

  shots(root: string, scene: SceneId): Promise<readonly ShotView[]> {
    return this.takeDesk.shots(root, scene);
  }

  shot(root: string, shot: ShotId): Promise<ShotView> {
    return this.takeDesk.shot(root, shot);
  }

  takes(root: string, shot: ShotId): Promise<readonly TakeView[]> {
    return this.takeDesk.takes(root, shot);
  }

  prompt(root: string, address: string): Promise<ShotPrompt> {
    return this.takeDesk.prompt(root, address);
  }

  recipe(root: string, address: string, take: TakeKey): Promise<RecipeView> {
    return this.takeDesk.recipe(root, address, take);
  }

  staleShots(root: string, addresses: readonly string[]): Promise<readonly StaleShot[]> {
    return this.takeDesk.staleShots(root, addresses);
  }

  milestones(root: string): Promise<Milestones> {
    return this.reading.milestones(root);
  }

  indexTakes(root: string): Promise<void> {
    return this.#indexing.build(root);
  }

  search(root: string, typed: string, limit?: number): Promise<readonly FoundShot[]> {
    return this.takeDesk.search(root, parseQuery(typed), limit);
  }

  countShots(root: string, addresses: readonly string[]): Promise<number> {
    return countShots(root, addresses);
  }

  documents(root: string): Promise<readonly DocumentView[]> {
    return readDocuments(root);
  }

  beats(root: string): Promise<readonly BeatView[]> {
    return readBeats(root);
  }

  structures(place: string): Promise<StructureList> {
    return readStructures(place);
  }

  previewStructure(root: string, structure: string, scenes: 'stay' | 'place'): Promise<StructurePreview> {
    return previewStructure(root, { structure, scenes });
  }

  assets(root: string): Promise<readonly AssetView[]> {
    return readAssetViews(root);
  }

  assetUses(root: string, asset: string): Promise<readonly AssetUse[]> {
    return readAssetUses(root, asset);
  }

  editHistory(root: string): Promise<EditHistory> {
    return readHistory(root);
  }

  async problems(path: string): Promise<readonly PlacedProblem[]> {
    const { problems, changed } = await this.#problems.find(path);
    if (changed !== undefined) this.events.emit(changed, { type: 'problems_changed' });
    return problems;
  }

  fixText(text: string, fix: ProblemFix): Promise<TextChange | null> {
    return Promise.resolve(fixText(text, fix) ?? null);
  }

  /** A desk alone has no pipelines, so that it cannot tell whether another one would make a take now. */
  protected pipelinesHere: (root: string) => Promise<PipelinesHere> = () => Promise.resolve(nothingHere);

  protected requireTrust(): void {
    if (!this.options.trusted) throw new AuteurError('untrusted');
  }

  protected disposeReading(): void {
    this.#indexing.dispose();
    this.events.dispose();
  }

  async #summary(root: string): Promise<ProjectSummary> {
    if (this.options.trusted || (await kindOf(root)) === 'folder') return projectSummary(root);
    const problem = toFailure(new AuteurError('path-outside', { path: root }));
    return { root, name: basename(root), chapters: 0, scenes: 0, readOnly: true, problem };
  }
}
