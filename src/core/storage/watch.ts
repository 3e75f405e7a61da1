import { AuteurError } from '../errors.ts';
import type { WorkProgress } from '../protocol/work.ts';

/** Who waits for longer work: whether they still want it, and what they are told. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly tell: (progress: WorkProgress) => void;
}

/** @throws AuteurError `work-cancelled` */
export function requireWanted({ signal }: Watch): void {
  if (signal.aborted) throw new AuteurError('work-cancelled');
}
