import type { Outcome } from '../../core/ports/jobQueue.ts';

const ended: readonly Outcome[] = ['completed', 'error', 'cancelled', 'unknown'];

/** Whether nothing a job has started is needed any more. */
export function hasEnded(outcome: Outcome): boolean {
  return ended.includes(outcome);
}
