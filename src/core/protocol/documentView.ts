import type { DocumentKind } from '../model/documentKind.ts';
import type { Failure } from '../model/job.ts';

/** One creative document of a film. */
export interface DocumentView {
  readonly kind: DocumentKind;
  /** Relative to the project. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** Its file name without the extension. */
  readonly name: string;
  /** Whether a part of it is made from the film, and can be made anew. */
  readonly updates: boolean;
  readonly problem?: Failure;
}
