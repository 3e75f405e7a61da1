import { expect, test } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { AuteurError, type ErrorCode } from '../../core/errors.ts';
import { Emitter } from '../../core/events.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { GenerateRequest } from '../../core/ports/studio.ts';
import type { JobsMeant } from '../../core/protocol/queueView.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { untranslated as t } from '../translate.ts';
import { runFilmTask, type TaskNeeds } from './runFilmTask.ts';

const film = { root: '/film', name: 'Film', chapters: 1, scenes: 1, readOnly: false };
const take = { number: 1, path: 'take01.png', commit: { state: 'committed' } } as const;
const everything = { type: 'auteur', action: 'generate', shots: ['**'] };

/** A studio whose jobs do what they are told to. */
class FakeStudio {
  readonly #news = new Emitter<readonly JobView[]>();
  readonly onJobs = this.#news.event;
  readonly onWork = new Emitter<never>().event;
  readonly requests: GenerateRequest[] = [];
  readonly #jobs = new Map<JobId, JobView>();
  readonly #outcome: 'completed' | 'stays' | ErrorCode;

  readonly #ids: readonly string[];

  constructor(outcome: 'completed' | 'stays' | ErrorCode, ids: readonly string[] = ['one', 'two']) {
    this.#outcome = outcome;
    this.#ids = ids;
  }

  generate(request: GenerateRequest): Promise<readonly JobView[]> {
    this.requests.push(request);
    const outcome = this.#outcome;
    if (outcome !== 'completed' && outcome !== 'stays') return Promise.reject(new AuteurError(outcome));
    const jobs = this.#ids.map((id) => aJobView({ id }));
    for (const job of jobs) this.#jobs.set(job.id, job);
    return Promise.resolve(jobs);
  }

  /** Asked for elsewhere. */
  add(job: JobView): void {
    this.#jobs.set(job.id, job);
  }

  jobs(): Promise<readonly JobView[]> {
    return Promise.resolve([...this.#jobs.values()].toReversed());
  }

  cancelJobs({ ids }: JobsMeant): Promise<readonly JobView[]> {
    const meant = [...this.#jobs.values()].filter(({ id }) => ids === undefined || ids.includes(id));
    return Promise.resolve(meant.map((job) => this.#end({ ...job, status: 'cancelled' })));
  }

  async settled(ids: readonly JobId[]): Promise<readonly JobView[]> {
    for (const job of this.#jobs.values())
      if (this.#outcome === 'completed') this.#end({ ...job, status: 'completed', take });
    for (;;) {
      const jobs = [...this.#jobs.values()].filter(({ id }) => ids.includes(id));
      if (jobs.every(({ status }) => status !== 'pending')) return jobs;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  search = () => Promise.resolve([]);
  cancelWork = () => Promise.resolve();
  work = () => Promise.resolve({ kind: 'exportFrames', path: '/x', frames: 2, without: [] } as const);

  #end(job: JobView): JobView {
    this.#jobs.set(job.id, job);
    this.#news.fire([job]);
    return job;
  }
}

interface Ran {
  readonly isDone: boolean;
  readonly lines: readonly string[];
}

async function ran(
  studio: FakeStudio,
  definition: unknown,
  change: Partial<TaskNeeds> & { signal?: AbortSignal } = {},
): Promise<Ran> {
  const { signal = new AbortController().signal, ...needs } = change;
  const list = () => Promise.resolve([film]);
  const lines: string[] = [];
  const isDone = await runFilmTask(
    { studio, projects: { list, refresh: list }, t, trusted: () => true, ...needs },
    { definition, folder: undefined, signal, say: (line) => lines.push(line) },
  );
  return { isDone, lines };
}

test('a task makes takes, and tells of each', async () => {
  const studio = new FakeStudio('completed');
  expect(await ran(studio, everything)).toEqual({
    isDone: true,
    lines: [
      'Making 2 takes of "Film"',
      '01/01/01  take 01: take01.png (1 of 2)',
      '01/01/01  take 01: take01.png (2 of 2)',
      'Takes recorded: 2. Seconds: 0.',
    ],
  });
  expect(studio.requests).toEqual([{ root: '/film', addresses: ['**'] }]);
});

test('one take is counted as one', async () => {
  const { lines } = await ran(new FakeStudio('completed', ['one']), everything);
  expect(lines[0]).toBe('Making 1 take of "Film"');
});

test('in a window that is not trusted nothing is asked for', async () => {
  const studio = new FakeStudio('completed');
  const { isDone, lines } = await ran(studio, everything, { trusted: () => false });
  expect(isDone).toBe(false);
  expect(lines).toEqual([expect.stringMatching(/^error untrusted: /)]);
  expect(studio.requests).toEqual([]);
});

test('where there is nothing to do, it is done', async () => {
  const missing = { type: 'auteur', action: 'generateMissing' };
  const { isDone, lines } = await ran(new FakeStudio('nothing-missing'), missing);
  expect(isDone).toBe(true);
  expect(lines).toEqual([expect.not.stringContaining('error')]);
  expect(await ran(new FakeStudio('disk-full'), missing)).toMatchObject({ isDone: false });
});

test('a task that is ended before its jobs are accepted cancels them, and no others', async () => {
  const studio = new FakeStudio('stays');
  studio.add(aJobView({ id: 'other' }));
  const { isDone, lines } = await ran(studio, everything, { signal: AbortSignal.abort() });
  expect((await studio.jobs()).filter(({ status }) => status === 'pending').map(({ id }) => id)).toEqual([
    'other',
  ]);
  expect(isDone).toBe(false);
  expect(lines.at(-1)).toBe('Takes recorded: 0. Cancelled: 2. Seconds: 0.');
});

test('a task of a film that was made a moment ago finds it, and no other', async () => {
  const studio = new FakeStudio('completed');
  const projects = { list: () => Promise.resolve([]), refresh: () => Promise.resolve([film]) };
  const named = (project: string) => ran(studio, { ...everything, project }, { projects });
  expect(await named('Film')).toMatchObject({ isDone: true });
  expect(await named('/etc')).toMatchObject({
    isDone: false,
    lines: [expect.stringMatching(/^error task-film-unknown: /)],
  });
});

test('frames are exported, and where to is said', async () => {
  const { isDone, lines } = await ran(new FakeStudio('stays'), { type: 'auteur', action: 'exportFrames' });
  expect(isDone).toBe(true);
  expect(lines.slice(1)).toEqual(['Frames exported: 2. Shots without a take: 0.', '/x']);
});
