import type { ErrorData } from '../errors.ts';
import type { AssetId, ChapterId, JobId, ProjectId, SceneId, ShotId } from '../model/ids.ts';
import type { CommitState, Failure, JobStatus } from '../model/job.ts';
import type { AssetCategory, Project, Setting, TimeOfDay } from '../model/project.ts';
import type { Quality } from '../model/quality.ts';
import type { Shot, ShotSize, TakeReview } from '../model/shotList.ts';
import type { Fallback, PipelineRef, ShownTake } from '../model/take.ts';
import type { BeatView } from './beatView.ts';
import type { ProblemFix } from './problemFix.ts';

/** Every view is a plain value that survives structured cloning: it crosses threads, frames and sockets. */

export interface ProjectSummary {
  readonly root: string;
  /** Missing where the manifest cannot be read. */
  readonly id?: ProjectId;
  readonly name: string;
  readonly quality?: Quality;
  readonly structure?: string;
  readonly settings?: Pick<Project['settings'], 'fps' | 'resolution' | 'aspectRatio'>;
  readonly chapters: number;
  readonly scenes: number;
  /** Set where a newer build wrote the project: it can be read, not changed. */
  readonly readOnly: boolean;
  readonly problem?: Failure;
}

export interface SceneSummary {
  readonly id: SceneId;
  readonly number: number;
  readonly address: string;
  readonly title: string;
  readonly synopsis?: string;
  readonly setting?: Setting;
  readonly timeOfDay?: TimeOfDay;
  readonly location?: string;
  readonly style?: string;
  /** Name of the emotional beat it stands in; where several are bound to it, the names of all. */
  readonly beat?: string;
}

export interface ChapterView {
  readonly id: ChapterId;
  readonly number: number;
  readonly address: string;
  readonly title: string;
  readonly synopsis?: string;
  readonly scenes: readonly SceneSummary[];
}

/** The film down to its scenes; shots and takes are read when asked for. */
export interface FilmView {
  readonly project: ProjectSummary;
  readonly chapters: readonly ChapterView[];
  readonly assets: Readonly<Record<AssetCategory, readonly AssetName[]>>;
  /** In the order of the manifest. */
  readonly beats: readonly BeatView[];
}

export interface AssetName {
  readonly id: AssetId;
  readonly name: string;
}

export interface ShotView {
  readonly id: ShotId;
  readonly sceneId: SceneId;
  readonly address: string;
  readonly shot: Shot;
  /** Names of the characters, in order. */
  readonly characters: readonly string[];
  /** The assets that the shot itself names, by their names. */
  readonly names: {
    readonly characters: readonly string[];
    readonly location?: string;
    readonly style?: string;
  };
  readonly takeCount: number;
  /** Set where a newer build wrote the scene's shot list: it can be read, not changed. */
  readonly readOnly: boolean;
  readonly shown?: ShownTake;
  /** What its shown take was made from and is another now: fields of the shot, parts of the prompt, `inputs`, `pipeline`. */
  readonly stale?: readonly string[];
  /** Set where the shot's takes cannot be read. */
  readonly problem?: Failure;
}

/** A shot that was looked for, and where it is written. */
export interface FoundShot {
  readonly id: ShotId;
  readonly sceneId: SceneId;
  readonly address: string;
  readonly description: string;
  readonly size?: ShotSize;
  /** Of its shot list, relative to the project. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
}

export interface TakeView {
  readonly id: JobId;
  readonly shotId: ShotId;
  readonly address: string;
  readonly number: number;
  /** Absolute path of the media file. */
  readonly path: string;
  /** `present`, `pointer` (an LFS pointer: not downloaded), `missing` or `deleted`. */
  readonly media: 'present' | 'pointer' | 'missing' | 'deleted';
  readonly mediaType: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  /** Seconds, where it moves. */
  readonly duration?: number;
  /** Absolute path of a still of it, where it moves. */
  readonly poster?: string;
  readonly seed: number;
  readonly quality: Quality;
  readonly pipeline: PipelineRef;
  readonly fallback?: Fallback;
  readonly created: string;
  readonly shown?: 'active' | 'latest';
  readonly review?: TakeReview;
  /** What it was made from and is another now, as of a shot. */
  readonly stale?: readonly string[];
}

export interface JobView {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly projectRoot: string;
  readonly projectName: string;
  readonly shotId: ShotId;
  readonly address: string;
  readonly status: JobStatus;
  /** 0..1 */
  readonly progress: number;
  readonly step: string;
  readonly pipeline: PipelineRef;
  readonly fallback?: Fallback;
  readonly seed: number;
  readonly submitted: string;
  readonly started?: string;
  readonly finished?: string;
  /** A sentence for a job that waits. */
  readonly waiting?: string;
  /** A job of higher priority goes first; among equals, the one in the lower place. */
  readonly priority?: number;
  readonly place?: number;
  /** Shared by all jobs that were asked for at once. */
  readonly batch?: string;
  /** The job that tries again what this one failed to make. */
  readonly retriedBy?: JobId;
  readonly quarantined: boolean;
  readonly error?: Failure;
  readonly take?: RecordedTake;
}

export interface RecordedTake {
  readonly number: number;
  /** Relative to the project. */
  readonly path: string;
  readonly commit: CommitState;
}

export interface Problem {
  /** Relative to the project. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Where in the file, as a JSON Pointer (RFC 6901). */
  readonly pointer?: string;
  /** Where in the text, in UTF-16 units, if it is no JSON. */
  readonly offset?: number;
  /** What the message and the hint are filled with. */
  readonly data?: ErrorData;
  /** What mends it and loses nothing. */
  readonly fix?: ProblemFix;
}

/** `failed` must be mended before takes can be recorded; `skipped` does not apply here or could not be looked at. */
export type CheckLevel = 'ok' | 'warning' | 'failed' | 'skipped';

export interface DoctorCheck {
  readonly name: string;
  /** False where the level is `failed`. */
  readonly ok: boolean;
  readonly level: CheckLevel;
  readonly detail: string;
  /** What to do next. */
  readonly hint?: string;
  /** A command line that does it, ready to be pasted into a shell. */
  readonly command?: string;
  /** The project it is about; missing where it is about the machine. */
  readonly root?: string;
}
