import type * as z from 'zod';

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
