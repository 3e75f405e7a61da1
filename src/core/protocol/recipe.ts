import type { JobId, ShotId } from '../model/ids.ts';
import type { CompositePrompt } from '../model/prompt.ts';
import type { PipelineRef, Take } from '../model/take.ts';
import type { TakeView } from './views.ts';

/** What a pipeline would be asked for a shot now. */
export interface ShotPrompt {
  readonly address: string;
  readonly prompt: CompositePrompt;
}

/** An input file of a take, and whether it is still what the take was made from. */
export interface InputState {
  readonly path: string;
  readonly sha256: string;
  readonly state: 'same' | 'changed' | 'missing';
}

/** Why a take cannot be made again exactly as it was. */
export type RecipeGap =
  /** Takes of earlier versions did not keep what the storyboard draws. */
  | { readonly is: 'panel-missing' }
  | { readonly is: 'pipeline-gone'; readonly pipeline: PipelineRef }
  | { readonly is: 'pipeline-version'; readonly pipeline: PipelineRef; readonly now: string }
  | { readonly is: 'input-changed'; readonly path: string }
  | { readonly is: 'input-missing'; readonly path: string };

/** How a take was made. */
export interface RecipeView {
  readonly view: TakeView;
  /** The whole sidecar. */
  readonly take: Take;
  readonly inputs: readonly InputState[];
  readonly gaps: readonly RecipeGap[];
}

/** A shot whose shown take was made from what has changed since. */
export interface StaleShot {
  readonly id: ShotId;
  readonly address: string;
  readonly number: number;
  readonly stale: readonly string[];
  /** The newest take made from what the film says now, where there is one that is not rejected. */
  readonly fresh?: number;
}

/** A take by its number or its id. */
export type TakeKey = number | JobId;

/** What keeps a take from being made again as it was, as a sentence says it. */
export function gapWords(gap: RecipeGap): string {
  switch (gap.is) {
    case 'panel-missing':
      return 'its shot as it was then was not recorded';
    case 'pipeline-gone':
      return `pipeline ${gap.pipeline.id} is not on this machine`;
    case 'pipeline-version':
      return `pipeline ${gap.pipeline.id} is version ${gap.now} now instead of ${gap.pipeline.version}`;
    case 'input-changed':
      return `${gap.path} was changed since`;
    case 'input-missing':
      return `${gap.path} is not there any more`;
  }
}
