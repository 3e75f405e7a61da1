import { legible } from '../../core/domain/legible.ts';
import type { CommitState, Failure } from '../../core/model/job.ts';
import type { BatchView, ProgressSnapshot } from '../../core/protocol/progressPage.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';
import { shownWaiting, type QueueState } from '../queueState.ts';
import { remainingText } from '../remainingText.ts';
import type { Translate } from '../translate.ts';

const shownFinished = 50;

export interface Drawn {
  readonly board: Pick<JobBoard, 'active' | 'waiting' | 'ended'>;
  readonly queue: Pick<QueueState, 'current' | 'reasonOf'>;
  readonly t: Translate;
}

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

/** What the page draws: what runs, the first of what waits, and the last of what has finished. */
export function progressSnapshot(
  { board, queue, t }: Drawn,
  { hasProjects, problem }: Pick<ProgressSnapshot, 'hasProjects' | 'problem'>,
): ProgressSnapshot {
  const ended = board.ended();
  const running = board.active().filter(({ status }) => status === 'running');
  const waiting = board.waiting();
  const { paused, remainingMs } = queue.current;
  const shown = waiting.slice(0, shownWaiting).map((job) => {
    const reason = queue.reasonOf(job.id);
    return reason === undefined ? job : { ...job, waiting: reason };
  });
  return {
    type: 'jobs',
    jobs: [...running, ...shown, ...ended.slice(0, shownFinished)].map(legibleJob),
    later: waiting.length - shown.length,
    batches: batchesOf(t, [...running, ...waiting]),
    paused,
    ...(remainingMs === undefined || running.length + waiting.length === 0
      ? {}
      : { remaining: remainingText(t, remainingMs, paused) }),
    earlier: Math.max(0, ended.length - shownFinished),
    hasProjects,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The batches of which several jobs are open. */
function batchesOf(t: Translate, open: readonly JobView[]): readonly BatchView[] {
  const batches = new Map<string, { takes: number; readonly shots: Set<string> }>();
  for (const { batch, shotId } of open) {
    if (batch === undefined) continue;
    const known = batches.get(batch) ?? { takes: 0, shots: new Set() };
    batches.set(batch, known);
    known.takes++;
    known.shots.add(shotId);
  }
  return [...batches]
    .filter(([, { takes }]) => takes > 1)
    .map(([id, { takes, shots }]) => {
      const counts = { takes, shots: shots.size };
      const label =
        shots.size === 1 ? t('{takes} takes of 1 shot', counts) : t('{takes} takes of {shots} shots', counts);
      return { id, label };
    });
}
