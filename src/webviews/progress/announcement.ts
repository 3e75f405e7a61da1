import { fill } from '../lib/fill.ts';
import type { Job, ProgressWords } from './page.ts';
import { justEnded } from './sections.ts';

function sentence(words: ProgressWords, job: Job): string {
  const { address } = job;
  if (job.status === 'completed')
    return fill(words.announceDone, { address, number: job.take?.number ?? '' });
  return fill(job.status === 'cancelled' ? words.announceCancelled : words.announceFailed, { address });
}

/** What a screen reader says when jobs have ended; progress is not read out. */
export function announcement(words: ProgressWords, before: readonly Job[], now: readonly Job[]): string {
  return justEnded(before, now)
    .map((job) => sentence(words, job))
    .join('. ');
}
