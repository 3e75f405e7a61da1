import type { ErrorCode, ErrorData } from '../errors.ts';
import type { Failure } from '../model/job.ts';
import type { PipelineKind, Quality } from '../model/quality.ts';

const ofWorkspaceFiles: readonly ErrorCode[] = [
  'pipeline-not-allowed',
  'pipeline-changed',
  'pipeline-image-changed',
];

/** Obstacles of what a file of the workspace asks to run, which the user's word removes. */
export const asksToRun: ReadonlySet<string> = new Set(ofWorkspaceFiles);

/** All obstacles that the user's word removes. */
export const awaitsWord: ReadonlySet<string> = new Set<ErrorCode>([
  ...ofWorkspaceFiles,
  'image-not-allowed',
  'image-not-built',
]);

/** A pipeline, and the film or workspace where it is asked about. */
export interface PipelineAt {
  readonly place: string;
  readonly id: string;
  /** Which definition the user was shown, as its obstacle says. */
  readonly shown?: string | undefined;
}

/** The digest of the definition that an obstacle of it tells of. */
export function shownOf({ shown }: ErrorData): string | undefined {
  return typeof shown === 'string' ? shown : undefined;
}

/** One way to make takes, as every face shows it. */
export interface PipelineView {
  readonly id: string;
  readonly kind: PipelineKind;
  readonly name?: string;
  readonly description?: string;
  /** Who defined it: Auteur, the user of this machine, or a file of the workspace. */
  readonly origin: 'built-in' | 'machine' | 'workspace';
  readonly file?: string;
  /** What it makes this machine run, in words; absent where it is part of Auteur. */
  readonly runs?: string;
  /** The image that it runs, where that is here. */
  readonly image?: { readonly id: string; readonly bytes: number };
  /** Gigabytes of video memory it needs; 0 where it needs no card. */
  readonly vramGb: number;
  /** The qualities it makes takes of. */
  readonly qualities: readonly Quality[];
  /** Why it cannot run here now. */
  readonly obstacle?: Obstacle;
}

/** A failure with what it is about, so that its sentence can be translated. */
export interface Obstacle extends Failure {
  readonly code: ErrorCode;
  readonly data: ErrorData;
}

export interface PipelineList {
  readonly pipelines: readonly PipelineView[];
  /** Files that define none, and why; they hide no other. */
  readonly problems: readonly { readonly file: string; readonly problem: Failure }[];
  /** Whether the storyboard stands in for a pipeline that cannot run here. */
  readonly fallback: boolean;
}
