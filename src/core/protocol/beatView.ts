import type { BeatId } from '../model/ids.ts';

/** One emotional beat of a film. */
export interface BeatView {
  /** Its place in the list, from 1 on. */
  readonly number: number;
  readonly id?: BeatId;
  readonly name: string;
  readonly description?: string;
  readonly position: number;
  readonly intensity: number;
  /** Address of the scene or chapter it is bound to. */
  readonly at?: string;
  /** Title of that scene or chapter. */
  readonly boundTo?: string;
}
