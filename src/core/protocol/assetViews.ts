import type { AssetId } from '../model/ids.ts';
import type { CommitState, Failure } from '../model/job.ts';
import type { AssetCategory } from '../model/project.ts';

/** A file that belongs to an asset. */
export interface AssetFileView {
  /** Relative to the folder of the asset. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** How a character is dressed, or a place set, in some part of the film. */
export interface WardrobeView {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

export interface AssetView {
  readonly id: AssetId;
  readonly category: AssetCategory;
  readonly name: string;
  /** Relative to the project. */
  readonly folder: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly triggerWords?: readonly string[];
  /** What must not be seen. */
  readonly negative?: readonly string[];
  readonly wardrobe?: readonly WardrobeView[];
  /** Names of the files it is drawn from, the main one first. */
  readonly references?: readonly string[];
  readonly files: readonly AssetFileView[];
  /** The picture it is known by. */
  readonly picture?: AssetFileView;
  /** Its text or its folder cannot be read. */
  readonly problem?: Failure;
}

export interface ImportedFile {
  /** Where it was. */
  readonly from: string;
  /** Where it is now, relative to the project. */
  readonly path: string;
  readonly asset: AssetId;
}

export interface SkippedFile {
  readonly from: string;
  /** In a sentence. */
  readonly reason: string;
}

export interface Imported {
  /** In the words of the commit. */
  readonly summary: string;
  readonly imported: readonly ImportedFile[];
  /** Not imported, and why. */
  readonly skipped: readonly SkippedFile[];
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}
