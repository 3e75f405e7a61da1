import type { Problem } from './views.ts';

/** Counted from 0, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** A problem of a text of the film, with its place in the text as it was read. */
export interface PlacedProblem extends Problem {
  readonly range: TextRange;
}

/** A part of a text, in UTF-16 units, and what is to stand in its place. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}
