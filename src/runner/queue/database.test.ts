import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';

const openers = 4;
const databases = 150;

/** Opens each database at the same moment as the others do. */
const program = `
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from ${JSON.stringify(new URL('./database.ts', import.meta.url).href)};
const { paths, openers, ready } = workerData;
for (const [round, path] of paths.entries()) {
  Atomics.add(ready, 0, 1);
  while (Atomics.load(ready, 0) < (round + 1) * openers);
  openDatabase(path).close();
}
parentPort.postMessage('opened');
`;

test('several who make the database at the same moment all get it', async () => {
  const folder = tempFolder();
  const paths = Array.from({ length: databases }, (_, index) => join(folder, `${index}.db`));
  const ready = new Int32Array(new SharedArrayBuffer(4));
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const workers = Array.from(
    { length: openers },
    () => new Worker(url, { workerData: { paths, openers, ready } }),
  );
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
  const said = await Promise.all(workers.map((worker) => once(worker, 'message')));
  expect(said.flat()).toEqual(Array(openers).fill('opened'));
});
