import type { Event } from '../events.ts';
import type { AssetUse } from '../model/assetUse.ts';
import type { JobId, SceneId, ShotId } from '../model/ids.ts';
import type { ScenePlacing } from '../model/narrativeTemplate.ts';
import type { RunnerWishes } from '../model/runnerSettings.ts';
import type { Quality } from '../model/quality.ts';
import type { CommitState, Failure } from '../model/job.ts';
import type { Edited, EditRequest } from '../protocol/editRequest.ts';
import type { RecipeView, ShotPrompt, StaleShot, TakeKey } from '../protocol/recipe.ts';
import type { FixedTakes } from '../protocol/fixedTakes.ts';
import type { DocumentView } from '../protocol/documentView.ts';
import type { AssetView, Imported } from '../protocol/assetViews.ts';
import type { ImportRequest } from '../protocol/importRequest.ts';
import type { Envelope } from '../protocol/events.ts';
import type { BeatView } from '../protocol/beatView.ts';
import type { StructureList, StructurePreview } from '../protocol/structureView.ts';
import type { PipelineList, PipelineView } from '../protocol/pipelineViews.ts';
import type { JobLogPiece } from '../protocol/jobLogPiece.ts';
import type { PlannedTake } from '../protocol/plannedTake.ts';
import type { ProblemFix } from '../protocol/problemFix.ts';
import type { PlacedProblem, TextChange } from '../protocol/problems.ts';
import type {
  DoctorCheck,
  FilmView,
  FoundShot,
  JobView,
  ProjectSummary,
  ShotView,
  TakeView,
} from '../protocol/views.ts';
import type { GitStatus } from '../protocol/gitStatus.ts';
import type { JobsMeant, QueuePlace, QueueView, RetrySeed } from '../protocol/queueView.ts';
import type { WorkflowPipeline, WorkflowWish } from '../protocol/workflowPipeline.ts';
import type { WorkPort } from './work.ts';

export interface NewProject {
  readonly name: string;
  readonly workspace: string;
  readonly quality: Quality;
  readonly structure: string;
}

/** A shot as it is asked for; what it may hold is checked against the model. */
export interface NewShot {
  readonly description: string;
  readonly size?: string;
  readonly angle?: string;
  readonly movement?: string;
  /** Millimetres. */
  readonly lens?: number;
  /** Seconds. */
  readonly duration?: number;
  /** By name or id, like location and style. */
  readonly characters?: readonly string[];
  readonly location?: string;
  readonly style?: string;
  readonly dialogue?: string;
  readonly note?: string;
}

/** Where something was put, and its id. */
export interface Added {
  readonly address: string;
  readonly id: string;
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}

export interface Activated {
  readonly take: TakeView;
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}

/** What was undone or done again. */
export interface Undone {
  /** The edit, in the words of its commit. */
  readonly summary: string;
  /** Relative to the project. */
  readonly files: readonly string[];
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}

/** The edits that undo and redo would be about, in the words of their commits. */
export interface EditHistory {
  readonly undo?: string;
  readonly redo?: string;
}

/** How far a film has come: whether it has a shot, a recorded take, a take that was made active. */
export interface Milestones {
  readonly shot: boolean;
  readonly take: boolean;
  readonly activeTake: boolean;
  /** What could not be read, and was left out. */
  readonly unread: readonly Failure[];
}

export interface GenerateRequest {
  readonly root: string;
  /**
   * Shots by address, `01/02/03`; a chapter's or scene's address means all its shots, and a star any number, `**` any
   * of them; none means the whole film.
   */
  readonly addresses: readonly string[];
  readonly takes?: number;
  readonly quality?: Quality;
  /** An explicit choice never falls back; without one the tier's mapping does, and says so. */
  readonly pipeline?: string;
  readonly seed?: number;
  /** Makes the take of the one shot again as it was recorded; `anyway` where that is not quite possible any more. */
  readonly recipe?: { readonly take: TakeKey; readonly anyway?: boolean };
  /** Only the shots whose shown take was made from what has changed since. */
  readonly stale?: boolean;
  /** Only the shots that have no take but rejected ones, and for which none is being made. */
  readonly missing?: boolean;
  /** Jobs of a higher priority go first; 0 unless said otherwise. */
  readonly priority?: number;
}

export interface JobFilter {
  readonly root?: string;
  readonly ids?: readonly JobId[];
  /** At most so many, the newest. */
  readonly limit?: number;
  /** Only jobs submitted before this one. */
  readonly before?: JobId;
}

/**
 * The headless composition of queue, runner, recorder and store, as every face sees it.
 * All values can be cloned, so that it may live in another thread. Rejects with `AuteurError`.
 */
export interface Studio extends WorkPort {
  readonly onEvent: Event<Envelope>;
  /** Jobs that changed, in this or any other process of this machine; none where the queue was paused or goes on. */
  readonly onJobs: Event<readonly JobView[]>;

  /** Projects of a workspace; a broken one is listed with its problem and hides no other. */
  listProjects(workspace: string): Promise<readonly ProjectSummary[]>;
  createProject(request: NewProject): Promise<ProjectSummary>;
  /** Reads a project and, in a trusted studio, takes up its waiting jobs and unrecorded outputs. */
  openProject(root: string): Promise<ProjectSummary>;
  closeProject(root: string): Promise<void>;

  film(root: string): Promise<FilmView>;
  shots(root: string, scene: SceneId): Promise<readonly ShotView[]>;
  /** One shot, without a look at the others of its scene. */
  shot(root: string, shot: ShotId): Promise<ShotView>;
  takes(root: string, shot: ShotId): Promise<readonly TakeView[]>;
  /** What a pipeline would be asked for a shot now, and where each word comes from. */
  prompt(root: string, address: string): Promise<ShotPrompt>;
  /** How a take was made, and whether it could be made so again. */
  recipe(root: string, address: string, take: TakeKey): Promise<RecipeView>;
  /** The shots whose shown take is stale; no address means the whole film. */
  staleShots(root: string, addresses: readonly string[]): Promise<readonly StaleShot[]>;
  /** Makes the index of a film's takes where there is none, and tells how far it is; nothing waits for it. */
  indexTakes(root: string): Promise<void>;
  milestones(root: string): Promise<Milestones>;
  /** The creative documents: treatments, screenplays, beat sheets, shot lists to be read. */
  documents(root: string): Promise<readonly DocumentView[]>;
  /** The emotional beats, in the order of the manifest. */
  beats(root: string): Promise<readonly BeatView[]>;
  /** The narrative structures of a workspace, or of the one a project lies in. */
  structures(place: string): Promise<StructureList>;
  /** What the edit `structure` would do. */
  previewStructure(root: string, structure: string, scenes: ScenePlacing): Promise<StructurePreview>;

  /** The shots that fit what is typed (see `parseQuery`), whatever their jobs do, in the order of the film. */
  search(root: string, typed: string, limit?: number): Promise<readonly FoundShot[]>;
  /** How many shots the addresses mean; none means the whole film. */
  countShots(root: string, addresses: readonly string[]): Promise<number>;

  addChapter(root: string, title: string): Promise<Added>;
  addScene(root: string, chapter: string, title: string): Promise<Added>;
  addShot(root: string, scene: string, shot: NewShot): Promise<Added>;
  /** Sets values, moves, deletes or copies chapters, scenes and shots. */
  edit(root: string, request: EditRequest): Promise<Edited>;
  /** Assets with their files, in the order of the manifest. */
  assets(root: string): Promise<readonly AssetView[]>;
  /** Where the film names an asset, given by id, name, or category and name. */
  assetUses(root: string, asset: string): Promise<readonly AssetUse[]>;
  /** Copies files and folders into assets; tells of it by `import_progress`. */
  importAssets(root: string, request: ImportRequest): Promise<Imported>;
  /** Ends an import that still copies; nothing of it is left. */
  cancelImport(id: string): Promise<void>;
  /** Makes a take the one its shot shows and exports. */
  activateTake(root: string, address: string, takeNumber: number): Promise<Activated>;

  /** Takes back the newest edit above that is not undone; only what it did, where its file has changed since. */
  undoEdit(root: string): Promise<Undone>;
  /** Does again what was undone last, until the next edit. */
  redoEdit(root: string): Promise<Undone>;
  editHistory(root: string): Promise<EditHistory>;

  /** Accepts jobs; when it resolves they are on disk and survive a crash. */
  generate(request: GenerateRequest): Promise<readonly JobView[]>;
  /** What `generate` would accept now, take by take; no job is made and nothing is written in the film. */
  planTakes(request: GenerateRequest): Promise<readonly PlannedTake[]>;
  /** Newest first. */
  jobs(filter: JobFilter): Promise<readonly JobView[]>;
  /** What a job has printed, from a place in its log on; the end of it where no place is named. */
  jobLog(id: JobId, from?: number): Promise<JobLogPiece>;
  cancelJob(id: JobId): Promise<JobView>;
  /** Cancels all of these that wait or run, at once; those that did. */
  cancelJobs(meant: JobsMeant): Promise<readonly JobView[]>;
  /** Asks anew for what failed, in new jobs. */
  retryJobs(meant: JobsMeant, seed: RetrySeed): Promise<readonly JobView[]>;
  /** Puts waiting jobs elsewhere in the queue, in the order they are named. */
  moveJobs(ids: readonly JobId[], place: QueuePlace): Promise<void>;
  /** Begins nothing new, in no process of this machine; what runs goes on. */
  pauseQueue(): Promise<void>;
  resumeQueue(): Promise<void>;
  /** How the queue stands; so many of the jobs that wait are told with their reasons. */
  queue(next?: number): Promise<QueueView>;
  /** Resolves when every named job has ended and its take is committed, or is known to be commit pending. */
  settled(ids: readonly JobId[]): Promise<readonly JobView[]>;

  /** What takes can be made with, in a project or workspace. */
  pipelines(place: string): Promise<PipelineList>;
  /** From now on the settings of the window say this of the runner. */
  configureRunner(wishes: RunnerWishes): Promise<void>;
  /**
   * Lets what a workspace file defines run on this machine; which pipeline that is.
   * @param shown what the obstacle said under that name, where the user was shown it: nothing else is allowed
   */
  allowPipeline(place: string, id: string, shown?: string): Promise<PipelineView>;
  /** The pipeline that a workflow of ComfyUI would become, in a project or workspace; nothing is written. */
  proposeWorkflow(place: string, wish: WorkflowWish): Promise<WorkflowPipeline>;
  /** Makes it, and lets it run on this machine. */
  addWorkflow(place: string, wish: WorkflowWish): Promise<WorkflowPipeline>;

  gitStatus(root: string): Promise<GitStatus>;
  /** What a project needs of Git LFS, quicker than the whole look of `doctor`. */
  lfsHealth(root: string): Promise<readonly DoctorCheck[]>;
  /** Rejects where the folder may not be deleted as the film of that name. */
  requireDeletable(root: string, name: string): Promise<void>;
  /** Gives takes that two branches have made under one number a number each, and resolves what Git left of them. */
  fixTakes(root: string): Promise<FixedTakes>;
  /** What does not hold together in the film's texts as they are now; cheap enough to ask while they are edited. */
  problems(root: string): Promise<readonly PlacedProblem[]>;
  /** How a fix changes a text; null where the text no longer holds what the fix is about. */
  fixText(text: string, fix: ProblemFix): Promise<TextChange | null>;
  /** Looks at this machine and, where the folder lies in a project, at that; `vscode` is the version of the editor. */
  doctor(folder: string, vscode?: string): Promise<readonly DoctorCheck[]>;
}
