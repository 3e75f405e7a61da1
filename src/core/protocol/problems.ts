import type * as z from 'zod';
import type { Problem } from './views.ts';

type Json = z.core.util.JSONType;

/** What a fix does, as its title says it. */
export type FixName =
  | 'take-out-reference'
  | 'next-number'
  | 'new-id'
  | 'raise-counter'
  | 'clear-active-take'
  | 'take-out-file'
  | 'name-scene';

/** Sets one value of a JSON text, or gives it an id of its own; without either it is taken out. */
export interface FixEdit {
  readonly pointer: string;
  readonly value?: Json;
  readonly freshId?: true;
}

/** A change of one file that mends a problem; it is made only while what was found still stands there. */
export interface ProblemFix {
  readonly name: FixName;
  readonly found: { readonly pointer: string; readonly value: Json };
  readonly edits: readonly FixEdit[];
}

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
