import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { aJob } from '../../../test/builders/aJob.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import type { JobFilter } from '../../core/ports/studio.ts';
import type { JobId } from '../../core/model/ids.ts';
import { RelativePath } from '../../core/model/relativePath.ts';
import { openDatabase } from './database.ts';
import { LocalLeases } from './leases.ts';
import { LocalQueue } from './localQueue.ts';

function openQueue(path = join(tempFolder(), 'auteur.db')) {
  const queue = new LocalQueue(openDatabase(path));
  onTestFinished(() => queue.close());
  return { queue, path };
}

const take = { number: 1, path: RelativePath.parse('a/b.png'), commit: { state: 'pending' } as const };

/** Lets every lease run out. */
function passTime(ms: number): void {
  const now = Date.now() + ms;
  const spy = vi.spyOn(Date, 'now').mockReturnValue(now);
  onTestFinished(() => spy.mockRestore());
}

test('jobs are claimed in order, each once', () => {
  const { queue } = openQueue();
  const jobs = [aJob(), aJob(), aJob()];
  queue.submit(jobs);
  const claimed = [queue.claim('all'), queue.claim('all'), queue.claim('all'), queue.claim('all')];
  expect(claimed.map((claim) => claim?.job.id)).toEqual([...jobs.map(({ id }) => id), undefined]);
});

test('only jobs of the named projects are claimed', () => {
  const { queue } = openQueue();
  queue.submit([aJob({ projectRoot: '/theirs' }), aJob({ projectRoot: '/ours' })]);
  expect(queue.claim(['/ours'])?.job.projectRoot).toBe('/ours');
  expect(queue.claim(['/ours'])).toBeUndefined();
});

test('another process sees what was submitted, and is told', () => {
  const { queue, path } = openQueue();
  const { queue: other } = openQueue(path);
  const heard: string[] = [];
  other.onChanged((jobs) => heard.push(...jobs.map(({ status }) => status)));
  queue.submit([aJob()]);
  other.poll();
  queue.claim('all');
  other.poll();
  other.poll();
  expect(heard).toEqual(['pending', 'running']);
});

test('a runner whose lease ran out changes nothing any more', () => {
  const { queue } = openQueue();
  queue.submit([aJob()]);
  const lost = queue.claim('all');
  if (lost === undefined) throw new Error('nothing claimed');
  passTime(60_000);
  for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  const again = queue.claim('all');
  expect(again?.attempt).toBe(2);
  expect(queue.renew([lost])).toEqual([lost]);
  expect(queue.delivered(lost)).toBe(false);
  expect(queue.fail(lost, { code: 'x', message: 'x' })).toBe(false);
  expect(queue.outcome(lost.job.id)).toBe('running');
});

/** Lets every process look dead. */
function killAll(): void {
  const spy = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
}

test('a job whose runner slept through its lease waits again, and its runner is not counted as killed', () => {
  const { queue } = openQueue();
  queue.submit([aJob()]);
  for (let sleep = 1; sleep <= 3; sleep++) {
    queue.claim('all');
    passTime(sleep * 60_000);
    for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  }
  expect(queue.claim('all')?.attempt).toBe(4);
});

test('a job that has killed its runner twice is set aside with a reason', () => {
  const { queue } = openQueue();
  killAll();
  const job = aJob();
  queue.submit([job]);
  for (let death = 1; death <= 2; death++) {
    queue.claim('all');
    passTime(death * 60_000);
    for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  }
  const [view] = queue.jobs({ ids: [job.id] });
  expect(view).toMatchObject({ status: 'error', quarantined: true, error: { code: 'job-killed-runner' } });
  expect(queue.claim('all')).toBeUndefined();
});

test('an attempt that was handed back counts neither as a death nor towards those that are allowed', () => {
  const { queue } = openQueue();
  const [job] = queue.submit([aJob()]);
  for (let reload = 1; reload <= 20; reload++) {
    const claim = queue.claim('all');
    if (claim === undefined) throw new Error('nothing claimed');
    queue.release(claim);
  }
  killAll();
  queue.claim('all');
  for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  expect(queue.jobs({}).map(({ id, status }) => [id, status])).toEqual([[job?.id, 'pending']]);
});

test('a dead runner whose output is complete counts as delivered', () => {
  const { queue } = openQueue();
  const job = aJob();
  queue.submit([job]);
  queue.claim('all');
  passTime(60_000);
  for (const orphan of queue.orphans('all')) queue.adopt(orphan);
  expect(queue.outcome(job.id)).toBe('delivered');
  expect(queue.orphans('all')).toEqual([]);
});

test('a job ends once: recording after cancelling, and cancelling after delivering, change nothing', () => {
  const { queue } = openQueue();
  const [first, second] = [aJob(), aJob()];
  queue.submit([first, second]);
  queue.claim('all');
  queue.cancel(first.id);
  queue.recorded(first.id, take);
  expect(queue.outcome(first.id)).toBe('cancelled');
  const claim = queue.claim('all');
  if (claim === undefined) throw new Error('nothing claimed');
  queue.delivered(claim);
  expect(() => queue.cancel(second.id)).toThrow(expect.objectContaining({ code: 'job-ended' }));
  queue.recorded(second.id, take);
  queue.recorded(second.id, { ...take, number: 9 });
  expect(queue.jobs({ ids: [second.id] })[0]?.take?.number).toBe(1);
});

test('a job whose recording is stuck can be cancelled, until the recorder tries again', () => {
  const { queue } = openQueue();
  const job = aJob();
  queue.submit([job]);
  const claim = queue.claim('all');
  if (claim === undefined) throw new Error('nothing claimed');
  queue.delivered(claim);
  queue.recordingFailed(job.id, { code: 'disk-full', message: 'The disk is full.' }, 'waits');
  expect(queue.jobs({})[0]).toMatchObject({ status: 'running', step: 'The disk is full.' });
  expect(queue.beginRecording(job.id)).toBe(true);
  expect(() => queue.cancel(job.id)).toThrow(expect.objectContaining({ code: 'job-ended' }));
  queue.recordingFailed(job.id, { code: 'disk-full', message: 'The disk is full.' }, 'waits');
  expect(queue.cancel(job.id).status).toBe('cancelled');
  expect(queue.beginRecording(job.id)).toBe(false);
});

test('a job whose take has its number says what it waits for, and cannot be cancelled', () => {
  const { queue } = openQueue();
  const job = aJob();
  queue.submit([job]);
  const claim = queue.claim('all');
  if (claim === undefined) throw new Error('nothing claimed');
  queue.delivered(claim);
  const failure = { code: 'disk-full', message: 'The disk is full.', hint: 'Free some space.' };
  queue.recordingFailed(job.id, failure, 'waits with its number');
  expect(queue.jobs({})[0]).toMatchObject({ status: 'running', error: failure });
  expect(queue.jobs({})[0]?.error).not.toHaveProperty('keeps');
  expect(() => queue.cancel(job.id)).toThrow(expect.objectContaining({ code: 'job-ended' }));
  expect(queue.cancelAll({ ids: [job.id] })).toEqual([]);
});

test('running attempts of one shot draw different numbers', () => {
  const { queue } = openQueue();
  queue.submit([aJob(), aJob(), aJob({ shotId: 'other' })]);
  const numbers = [1, 2, 3].map(() => {
    const claim = queue.claim('all');
    return claim === undefined ? undefined : queue.reserveTakeNumber(claim, 5);
  });
  expect(numbers).toEqual([5, 6, 5]);
});

test('accepted jobs are there after the database is opened anew', () => {
  const path = join(tempFolder(), 'auteur.db');
  const first = new LocalQueue(openDatabase(path));
  const job = aJob();
  first.submit([job]);
  first.close();
  expect(openQueue(path).queue.jobs({})).toMatchObject([{ id: job.id, status: 'pending' }]);
});

test('jobs are read in pieces, the newest first', () => {
  const { queue } = openQueue();
  const ours = Array.from({ length: 5 }, () => aJob({ projectRoot: '/ours' }));
  queue.submit([...ours, aJob({ projectRoot: '/theirs' })]);
  const newest = ours.map(({ id }) => id).reverse();
  const ids = (filter: JobFilter): JobId[] => queue.jobs(filter).map(({ id }) => id);
  const [first, second, third] = newest;
  if (second === undefined || third === undefined) throw new Error('too few jobs');
  expect(ids({ root: '/ours', limit: 2 })).toEqual([first, second]);
  expect(ids({ root: '/ours', limit: 1, before: second })).toEqual([third]);
  expect(ids({ limit: 9, before: third })).toEqual(newest.slice(3));
});

test.each([
  ['is no JSON', '{'],
  ['is of a form this build does not know', '{"address":"01/01/01","seed":-1}'],
])('a job whose request %s is set aside with the reason, and the next one runs', (_, request) => {
  const { queue, path } = openQueue();
  const [bad, good] = [aJob(), aJob()];
  queue.submit([bad, good]);
  const other = new DatabaseSync(path);
  other
    .prepare('UPDATE requests SET request = ? WHERE seq = (SELECT seq FROM jobs WHERE id = ?)')
    .run(request, bad.id);
  other.close();
  const heard: string[] = [];
  queue.onChanged((jobs) => heard.push(...jobs.map(({ id, status }) => `${id} ${status}`)));
  expect(queue.claim('all')?.job.id).toBe(good.id);
  expect(heard).toEqual([`${bad.id} error`, `${good.id} running`]);
  expect(queue.jobs({ ids: [bad.id] })).toMatchObject([
    { status: 'error', quarantined: true, projectRoot: '/film', error: { code: 'job-unreadable' } },
  ]);
});

test('a queue that a newer build takes over while it is open is written no more', () => {
  const { queue, path } = openQueue();
  const job = aJob();
  queue.submit([job]);
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  const outdated = { code: 'database-newer' };
  for (const use of [() => queue.submit([aJob()]), () => queue.claim('all'), () => queue.poll()])
    expect(use).toThrow(expect.objectContaining(outdated));
  expect(newer.prepare('SELECT id, status FROM jobs').all()).toMatchObject([
    { id: job.id, status: 'pending' },
  ]);
  newer.close();
});

test('a newer database is left alone', () => {
  const path = join(tempFolder(), 'auteur.db');
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: 'database-newer' }));
});

test('a file that is no database is refused with its path', async () => {
  const path = join(tempFolder(), 'auteur.db');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, 'not a database, but long enough to look like one'.repeat(50));
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: 'database-unusable' }));
});

test('a lease has one holder, and its epoch grows with each new one', () => {
  const path = join(tempFolder(), 'auteur.db');
  const database = openDatabase(path);
  onTestFinished(() => database.close());
  const [first, second] = [new LocalLeases(database), new LocalLeases(database)];
  expect([first.hold('film'), second.hold('film'), first.hold('film')]).toEqual([1, undefined, 1]);
  first.release('film');
  expect([second.hold('film'), first.hold('film')]).toEqual([2, undefined]);
  passTime(60_000);
  expect(first.hold('film')).toBe(3);
});
