import { expect, test } from 'vitest';
import { openQueue } from '../../test/lib/openQueue.ts';
import { textFilm } from '../../test/lib/textFilm.ts';
import { editFilm } from '../core/storage/edits/editFilm.ts';
import { planEdit } from '../core/storage/edits/planEdit.ts';
import type { JobView } from '../core/protocol/views.ts';
import { jobRequests } from './jobRequests.ts';
import { retryJobs } from './retryJobs.ts';

const pipeline = { id: 'storyboard', kind: 'storyboard', version: 'test' } as const;

const idle = (): Promise<boolean> => Promise.resolve(false);

/** A film of two shots, whose jobs have failed. */
async function failedFilm() {
  const root = await textFilm({ shots: 2 });
  const { queue, path } = openQueue();
  queue.submit(await jobRequests({ root, addresses: [] }, () => ({ pipeline })));
  const failed: JobView[] = [];
  for (let claim = queue.claim('all'); claim !== undefined; claim = queue.claim('all')) {
    queue.fail(claim, { code: 'x', message: 'It went wrong.' });
    failed.push(...queue.jobs({ ids: [claim.job.id] }));
  }
  return { root, queue, path, failed };
}

test('all that failed in a film is asked for anew, and nothing is left to try again', async () => {
  const { root, queue } = await failedFilm();
  const again = await retryJobs(queue, { root }, 'same');
  expect(again.map(({ address, status }) => [address, status])).toEqual([
    ['01/01/01', 'pending'],
    ['01/01/02', 'pending'],
  ]);
  expect(await retryJobs(queue, { root }, 'same')).toEqual([]);
});

test('two windows that try again all that failed at the same moment ask for each once', async () => {
  const { root, queue, path } = await failedFilm();
  const { queue: other } = openQueue(path);
  const again = (await Promise.all([queue, other].map((one) => retryJobs(one, { root }, 'new')))).flat();
  expect(again.map(({ address }) => address).sort()).toEqual(['01/01/01', '01/01/02']);
  expect(queue.view(0).waiting).toBe(2);
});

test('a job that was tried again already is not, where it is named, and that is said', async () => {
  const { queue, failed } = await failedFilm();
  const ids = failed.slice(0, 1).map(({ id }) => id);
  const [again] = await retryJobs(queue, { ids: [...ids, ...ids] }, 'new');
  await expect(retryJobs(queue, { ids }, 'new')).rejects.toMatchObject({
    code: 'job-retried',
    data: { by: again?.id },
  });
  expect(queue.view(0).waiting).toBe(1);
});

test('a shot that is gone is left out, and where its job was named that is said', async () => {
  const { root, queue, failed } = await failedFilm();
  await editFilm(root, (draft) => planEdit(draft, { kind: 'delete', addresses: ['01/01/02'] }, idle));
  const [, gone] = failed;
  if (gone === undefined) throw new Error('too few jobs');
  await expect(retryJobs(queue, { ids: [gone.id] }, 'new')).rejects.toMatchObject({ code: 'job-shot-gone' });
  expect((await retryJobs(queue, { root }, 'new')).map(({ address }) => address)).toEqual(['01/01/01']);
});

test('a job that is not known or has not failed is not tried again', async () => {
  const { queue } = await failedFilm();
  const [known] = queue.jobs({});
  if (known === undefined) throw new Error('too few jobs');
  const [again] = await retryJobs(queue, { ids: [known.id] }, 'same');
  if (again === undefined) throw new Error('not tried again');
  await expect(retryJobs(queue, { ids: [again.id] }, 'same')).rejects.toMatchObject({
    code: 'job-not-failed',
  });
  const unknown = { ...known, id: 'nobody' as JobView['id'] };
  await expect(retryJobs(queue, { ids: [unknown.id] }, 'same')).rejects.toMatchObject({
    code: 'job-unknown',
  });
});
