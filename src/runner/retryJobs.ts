import { AuteurError } from '../core/errors.ts';
import type { JobQueue } from '../core/ports/jobQueue.ts';
import type { JobsMeant, RetrySeed } from '../core/protocol/queueView.ts';
import type { JobView } from '../core/protocol/views.ts';
import { readProject, requireWritable } from '../core/storage/projectFiles.ts';
import { withProjectLock } from '../core/storage/projectLock.ts';
import { shotsAtAll } from './requestedShots.ts';

/**
 * Asks anew for what failed, in the films it belongs to as they are now.
 * @throws AuteurError `job-unknown`, `job-not-failed`, `job-retried`, `job-unreadable`, `job-shot-gone`
 */
export async function retryJobs(
  queue: JobQueue,
  meant: JobsMeant,
  seed: RetrySeed,
): Promise<readonly JobView[]> {
  const jobs = meant.ids === undefined ? queue.failed(meant) : meant.ids.map((id) => requireJob(queue, id));
  const again: (readonly JobView[])[] = [];
  for (const root of new Set(jobs.map(({ projectRoot }) => projectRoot))) {
    const ofFilm = jobs.filter(({ projectRoot }) => projectRoot === root);
    // Under the lock no undo can take away a shot between the look at it and the job for it.
    const made = await withProjectLock(root, async () => {
      const there = await stillThere(root, ofFilm, meant.ids !== undefined);
      return queue.retry(
        there.map(({ id }) => id),
        seed,
        meant.ids !== undefined,
      );
    });
    again.push(made);
  }
  return again.flat();
}

function requireJob(queue: JobQueue, id: JobView['id']): JobView {
  const [job] = queue.jobs({ ids: [id] });
  if (job === undefined) throw new AuteurError('job-unknown', { id });
  return job;
}

/** Those whose shot is in the film; where they were named, one that is not is an error. */
async function stillThere(
  root: string,
  jobs: readonly JobView[],
  named: boolean,
): Promise<readonly JobView[]> {
  const manifest = await readProject(root);
  requireWritable(manifest);
  const shots = new Set((await shotsAtAll(root, manifest.value, [])).map(({ shot }) => shot.id));
  const gone = jobs.find(({ shotId }) => !shots.has(shotId));
  if (named && gone !== undefined) throw new AuteurError('job-shot-gone', { address: gone.address });
  return jobs.filter(({ shotId }) => shots.has(shotId));
}
