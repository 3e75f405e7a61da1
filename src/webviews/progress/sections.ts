import type { JobView } from '../../core/protocol/views.ts';

export interface Sections {
  readonly running: readonly JobView[];
  readonly waiting: readonly JobView[];
  readonly finished: readonly JobView[];
}

/** Running ones by when they were asked for; the others stay as they came: in the order of the queue, newest first. */
export function sections(jobs: readonly JobView[]): Sections {
  const inOrder = (a: JobView, b: JobView): number => a.submitted.localeCompare(b.submitted);
  return {
    running: jobs.filter((job) => job.status === 'running').sort(inOrder),
    waiting: jobs.filter((job) => job.status === 'pending'),
    finished: jobs.filter((job) => job.status !== 'running' && job.status !== 'pending'),
  };
}

/** The batch that begins with a job of a list: where the one before it is of another. */
export function batchBegun<T extends { readonly id: string }>(
  jobs: readonly JobView[],
  index: number,
  batches: readonly T[],
): T | undefined {
  const batch = jobs[index]?.batch;
  return jobs[index - 1]?.batch === batch ? undefined : batches.find(({ id }) => id === batch);
}

/** Jobs that were active when last drawn and have ended since: what a screen reader is told. */
export function justEnded(before: readonly JobView[], now: readonly JobView[]): readonly JobView[] {
  const { running, waiting } = sections(before);
  const active = new Set([...running, ...waiting].map((job) => job.id));
  return sections(now).finished.filter((job) => active.has(job.id));
}

/** The time of day, and the day where it is not today's. */
export function shortTime(iso: string, now: Date, language: string): string {
  const time = new Date(iso);
  const sameDay = time.toDateString() === now.toDateString();
  const day: Intl.DateTimeFormatOptions = sameDay ? {} : { month: 'short', day: 'numeric' };
  return time.toLocaleString(language, { ...day, hour: '2-digit', minute: '2-digit' });
}
