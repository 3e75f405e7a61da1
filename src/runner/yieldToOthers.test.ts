import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { niceness, yieldToOthers } from './yieldToOthers.ts';

const program = `
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { niceness, yieldToOthers } from ${JSON.stringify(new URL('./yieldToOthers.ts', import.meta.url).href)};
yieldToOthers(niceness.studio);
const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
const child = Number(execFileSync('nice', { encoding: 'utf8' }));
yieldToOthers(niceness.studio - 1);
parentPort.postMessage({ thread: getPriority(thread), child });
`;

test('a thread and what it starts step back where they can; the process keeps its place', async () => {
  const before = getPriority();
  if (process.platform === 'linux') {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
    expect(await once(worker, 'message')).toEqual([{ thread: niceness.studio, child: niceness.studio }]);
  } else yieldToOthers(niceness.studio);
  expect(getPriority(process.pid)).toBe(before);
});
