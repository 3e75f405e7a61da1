import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { previewName } from '../../core/domain/previews.ts';
import { JobId } from '../../core/model/ids.ts';
import { JobPreviews, type JobPreview } from './jobPreviews.ts';

const [one, other] = [JobId.parse('one'), JobId.parse('other')];

/** A page in whose sight jobs run, and all that it was told. */
function watched(running: readonly JobId[]) {
  const folder = join(tempFolder(), 'previews');
  const told: (readonly JobPreview[])[] = [];
  const page = { running, log: [] as string[] };
  const previews = new JobPreviews({
    folder,
    running: () => page.running,
    show: (shown) => told.push(shown),
    log: (line) => page.log.push(line),
  });
  onTestFinished(() => {
    previews.dispose();
  });
  const put = (job: JobId, content: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, previewName(job)), content);
  };
  const jobs = () => told.map((shown) => shown.map(({ job }) => job));
  return { folder, previews, page, told, put, jobs };
}

test('previews are told of what runs, each new one, and that they are gone when their job has ended', async () => {
  const { folder, previews, page, told, put, jobs } = watched([one]);
  put(other, 'of a job that is not in sight');
  previews.wake();
  put(one, 'first');
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one]]);
  put(one, 'the second');
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one], [one]]);
  expect(new Set(told.flat().map(({ version }) => version)).size).toBe(2);
  expect(told.flat().map(({ file }) => file)).toEqual(Array(2).fill(join(folder, 'one.jpg')));
  page.running = [];
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one], [one], []]);
  expect(page.log).toEqual([]);
});

test('what a run takes away while it goes on is gone, too', async () => {
  const { folder, previews, put, jobs } = watched([one]);
  put(one, 'first');
  previews.wake();
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one]]);
  rmSync(folder, { recursive: true });
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one], []]);
});

test('a page that is loaded anew is told once more', async () => {
  const { previews, put, jobs } = watched([one]);
  put(one, 'first');
  previews.wake();
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one]]);
  previews.forget();
  await expect.poll(jobs, { timeout: 10_000 }).toEqual([[one], [one]]);
});

test('nothing is looked at where nothing runs', () => {
  const { previews, page } = watched([]);
  const asked: number[] = [];
  const { running } = page;
  Object.defineProperty(page, 'running', { get: () => (asked.push(1), running) });
  previews.wake();
  expect(asked).toHaveLength(1);
});
