import { legible } from '../../core/domain/legible.ts';
import type { CommitState, Failure } from '../../core/model/job.ts';
import type { ProgressSnapshot } from '../../core/protocol/progressPage.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';

const shownFinished = 50;

/** Names of a film stand in every sentence of a job. */
function legibleJob(job: JobView): JobView {
  const { projectName, step, waiting, error, take } = job;
  return {
    ...job,
    projectName: legible(projectName),
    step: legible(step),
    ...(waiting === undefined ? {} : { waiting: legible(waiting) }),
    ...(error === undefined ? {} : { error: legibleSentences(error) }),
    ...(take === undefined ? {} : { take: { ...take, commit: legibleCommit(take.commit) } }),
  };
}

function legibleSentences(failure: Failure): Failure {
  const { message, hint } = failure;
  return { ...failure, message: legible(message), ...(hint === undefined ? {} : { hint: legible(hint) }) };
}

function legibleCommit(commit: CommitState): CommitState {
  if (commit.state === 'committed') return commit;
  const { reason, hint } = commit;
  return {
    ...commit,
    ...(reason === undefined ? {} : { reason: legible(reason) }),
    ...(hint === undefined ? {} : { hint: legible(hint) }),
  };
}

/** What the page draws: all that is active, and the last of what has finished. */
export function progressSnapshot(
  board: Pick<JobBoard, 'active' | 'ended'>,
  { hasProjects, problem }: Pick<ProgressSnapshot, 'hasProjects' | 'problem'>,
): ProgressSnapshot {
  const ended = board.ended();
  return {
    type: 'jobs',
    jobs: [...board.active(), ...ended.slice(0, shownFinished)].map(legibleJob),
    earlier: Math.max(0, ended.length - shownFinished),
    hasProjects,
    ...(problem === undefined ? {} : { problem }),
  };
}
