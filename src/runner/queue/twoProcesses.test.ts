import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { openQueue } from '../../../test/lib/openQueue.ts';

const cards = [{ id: 'gpu0', name: 'Card', vramMb: 24 * 1024 }];
const urlOf = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);

const preamble = `
import { openDatabase } from ${urlOf('./database.ts')};
import { LocalQueue } from ${urlOf('./localQueue.ts')};
const queue = new LocalQueue(openDatabase(process.argv[1]));
const capacity = { cpu: 0, cards: ${JSON.stringify(cards)} };
`;

/** Claims and delivers until nothing waits, and tells when it held the card. */
const works = `${preamble}
for (;;) {
  const claim = queue.claim('all', capacity);
  if (claim === undefined) {
    if (queue.view(1).waiting === 0) break;
    continue;
  }
  const held = performance.timeOrigin + performance.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  const freed = performance.timeOrigin + performance.now();
  queue.delivered(claim);
  console.log(JSON.stringify({ id: claim.job.id, held, freed }));
}
queue.close();
`;

/** Claims, and is killed while it holds the card. */
const hangs = `${preamble}
console.log(queue.claim('all', capacity)?.job.id ?? '');
setInterval(() => undefined, 1000);
`;

function start(program: string, path: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function linesOf(child: ReturnType<typeof start>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) lines.push(line);
  return lines;
}

test('two processes that ask for the same card hold it in turn, and each job runs once', async () => {
  const { queue, path } = openQueue();
  const jobs = queue.submit(Array.from({ length: 30 }, () => aCardJob()));
  const told = await Promise.all([1, 2].map(() => linesOf(start(works, path))));
  const times = told
    .flat()
    .map((line) => JSON.parse(line) as { id: string; held: number; freed: number })
    .sort((a, b) => a.held - b.held);
  expect(times.map(({ id }) => id).sort()).toEqual(jobs.map(({ id }) => id as string).sort());
  expect(times.filter(({ held }, index) => held < (times[index - 1]?.freed ?? 0))).toEqual([]);
});

test('the card of a process that was killed goes on with its job, as soon as that is missed', async () => {
  const { queue, path } = openQueue();
  const [job, next] = queue.submit([aCardJob(), aCardJob()]);
  const child = start(hangs, path);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect(line).toBe(job?.id);
  expect(queue.orphans('all')).toEqual([]);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(queue.orphans('all').map(({ id }) => id)).toEqual([job?.id]);
  expect(queue.claim('all', { cpu: 0, cards })).toBeUndefined();
  for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  expect(queue.claim('all', { cpu: 0, cards })).toMatchObject({
    job: { id: job?.id },
    device: 'gpu0',
    attempt: 2,
  });
  expect(queue.view(10).next.map(({ id }) => id)).toEqual([next?.id]);
});
