import { AuteurError } from '../core/errors.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { JobView } from '../core/protocol/views.ts';

/** The jobs that are named by their ids, or by the beginnings of them. */
export async function namedJobs(studio: Studio, names: readonly string[]): Promise<readonly JobView[]> {
  const jobs = await studio.jobs({});
  return names.map((name) => jobOf(jobs, name));
}

function jobOf(jobs: readonly JobView[], name: string): JobView {
  if (name === '') {
    const reason = 'it is the id of a job, or its beginning; "auteur jobs" shows them.';
    throw new AuteurError('value-invalid', { name: 'job', value: name, reason });
  }
  const exact = jobs.find((job) => job.id === name);
  const [found, another] = exact === undefined ? jobs.filter((job) => job.id.startsWith(name)) : [exact];
  if (found !== undefined && another === undefined) return found;
  throw new AuteurError('job-unknown', {
    id: another === undefined ? name : `with only ${name} at its start`,
  });
}
