import type { Failure } from '../model/job.ts';

/** A narrative structure that can be chosen. */
export interface StructureView {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Titles, in order. */
  readonly chapters: readonly string[];
  readonly beats: number;
  /** Absolute path; missing for those that everybody has. */
  readonly file?: string;
}

export interface StructureList {
  readonly structures: readonly StructureView[];
  /** Files of the library that cannot be used, and why. */
  readonly problems: readonly { readonly file: string; readonly problem: Failure }[];
}

export interface PlacedTitle {
  readonly title: string;
  /** Missing for what is not made yet. */
  readonly address?: string;
}

/** What a change of the narrative structure will do; nothing is done yet. */
export interface StructurePreview {
  readonly from: string;
  readonly to: StructureView;
  /** The chapters as they will be, with the number of scenes in each. */
  readonly chapters: readonly (PlacedTitle & { readonly scenes: number; readonly isNew: boolean })[];
  readonly gone: readonly PlacedTitle[];
  /** Scenes that go into another chapter. */
  readonly moved: readonly (PlacedTitle & { readonly into: string })[];
  readonly beats: {
    readonly kept: number;
    readonly gone: readonly string[];
    readonly added: readonly string[];
  };
}
