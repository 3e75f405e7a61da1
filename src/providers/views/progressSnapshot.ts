import type { ProgressSnapshot } from '../../core/protocol/progressPage.ts';
import type { JobBoard } from '../jobBoard.ts';

const shownFinished = 50;

/** What the page draws: all that is active, and the last of what has finished. */
export function progressSnapshot(
  board: Pick<JobBoard, 'active' | 'ended'>,
  { hasProjects, problem }: Pick<ProgressSnapshot, 'hasProjects' | 'problem'>,
): ProgressSnapshot {
  const ended = board.ended();
  return {
    type: 'jobs',
    jobs: [...board.active(), ...ended.slice(0, shownFinished)],
    earlier: Math.max(0, ended.length - shownFinished),
    hasProjects,
    ...(problem === undefined ? {} : { problem }),
  };
}
