import { expect, test } from 'vitest';
import { lookNowAndThen } from './lookNowAndThen.ts';

/** Each look waits until it is let go. */
function looking(everyMs: number) {
  const lines: string[] = [];
  const waiting: ((error?: Error) => void)[] = [];
  const looks = lookNowAndThen({
    work: (signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        waiting.push((error) => (error === undefined ? resolve() : reject(error)));
      }),
    ...{ everyMs, failed: 'Not looked at', log: (line) => lines.push(line) },
  });
  const next = async (error?: Error): Promise<void> => {
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.(error);
  };
  return { ...looks, lines, waiting, next };
}

test('the same problem is told once, and anew when it is back', async () => {
  const { next, lines, dispose, waiting } = looking(1);
  for (const problem of ['away', 'away', undefined, 'away', 'hung'])
    await next(problem === undefined ? undefined : new Error(problem));
  await expect.poll(() => waiting.length).toBe(1);
  const told = (problem: string) => expect.stringMatching(`^Not looked at: .*${problem}$`) as string;
  expect(lines).toEqual([told('away'), told('away'), told('hung')]);
  dispose();
});

test('the last look begins when the one under way has ended, and none comes after it', async () => {
  const { next, stopAfterOneMore, waiting } = looking(1);
  const stopped = stopAfterOneMore();
  await next();
  await next();
  await stopped;
  expect(waiting).toEqual([]);
});

test('what is under way when nobody has use for it is told to end, and that is no problem', async () => {
  const { dispose, stop, lines } = looking(1);
  dispose();
  await stop();
  expect(lines).toEqual([]);
});
