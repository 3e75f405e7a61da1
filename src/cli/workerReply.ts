import { isThere } from '../core/storage/locate.ts';
import type { JobView } from '../core/protocol/views.ts';
import { oneLine, plural } from './format/text.ts';
import { isEnded, jobJson } from './jobJson.ts';
import { groupBy, sayPendingCommits } from './takeNotes.ts';
import type { Terminal } from './terminal.ts';

/** What a worker has done, and what it found that others have left. */
export interface Worked {
  readonly json: object;
  readonly lines: readonly string[];
}

/** Whether the take was recorded before the worker began: then only its commit is news. */
export function isEarlier(job: JobView, began: number): boolean {
  return job.status === 'completed' && job.finished !== undefined && Date.parse(job.finished) < began;
}

export interface WorkSeen {
  /** When the worker began. */
  readonly began: number;
  /** Jobs that it found open or heard of. */
  readonly heard: readonly JobView[];
  /** Every job of the machine. */
  readonly all: readonly JobView[];
  /** Takes that were committed: of a film from elsewhere no job is heard of. */
  readonly committedEarlier?: number;
}

export async function workerReply(terminal: Terminal, seen: WorkSeen): Promise<Worked> {
  const { began, heard } = seen;
  const ended = heard.filter((job) => isEnded(job) && !isEarlier(job, began));
  const committed = heard.filter((job) => isEarlier(job, began) && job.take?.commit.state === 'committed');
  const made = ended.filter(({ status }) => status === 'completed').length;
  const { gone, here } = await waitingOf(seen);
  for (const line of gone.flatMap(goneLines)) terminal.note(line);
  sayPendingCommits(terminal, here);
  const waiting = [...gone.flat(), ...here];
  const count = Math.max(committed.length, seen.committedEarlier ?? 0);
  const told = `${plural(count, 'take')} recorded earlier committed.`;
  return {
    json: {
      jobs: ended.map(jobJson),
      ...(committed.length === 0 ? {} : { committed: committed.map(jobJson) }),
      ...(waiting.length === 0 ? {} : { waiting: waiting.map(jobJson) }),
    },
    lines: [`${plural(made, 'take')} made.`, ...(count === 0 ? [] : [told])],
  };
}

interface Waiting {
  /** By film, of the films that are not there. */
  readonly gone: readonly (readonly JobView[])[];
  readonly here: readonly JobView[];
}

/** Takes that are not committed; of films that are there, those whose commit was tried. */
async function waitingOf({ heard, all }: WorkSeen): Promise<Waiting> {
  const pending = (job: JobView): boolean => job.take?.commit.state === 'pending';
  const gone: (readonly JobView[])[] = [];
  const goneRoots = new Set<string>();
  for (const [root, jobs] of groupBy(all.filter(pending), ({ projectRoot }) => projectRoot)) {
    if (await isThere(root)) continue;
    goneRoots.add(root);
    gone.push(jobs);
  }
  return { gone, here: heard.filter((job) => pending(job) && !goneRoots.has(job.projectRoot)) };
}

function goneLines(jobs: readonly JobView[]): readonly string[] {
  const [first] = jobs;
  if (first === undefined) return [];
  const wait = jobs.length === 1 ? '1 take waits' : `${jobs.length} takes wait`;
  return [
    oneLine(
      `warning: the film "${first.projectName}" is not at ${first.projectRoot}: ${wait} to be committed there.`,
    ),
    'hint: Put the folder back, or open the film where it is now or run "auteur worker --once" in it, which commits them. If it was deleted, there is nothing to do.',
  ];
}
