import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Batch } from './batch.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
});

test('what comes close together is handed over once', async () => {
  const handed: string[] = [];
  const batch = new Batch<string>(10, (items) => void handed.push([...items].join()));
  for (const item of ['a', 'b', 'a']) batch.add(item);
  await vi.advanceTimersByTimeAsync(10);
  expect(handed).toEqual(['a,b']);
});

test('the first news come soon, the next ones after the pause', async () => {
  const times: number[] = [];
  const started = performance.now();
  const batch = new Batch<number>(10, () => void times.push(performance.now() - started), 100);
  for (let round = 0; round < 30; round++) {
    batch.add(round);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(times).toEqual([10, 110, 210]);
});

test('what comes while it is handed over waits until that is done', async () => {
  let done: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (done = resolve));
  const handed: string[] = [];
  const batch = new Batch<string>(10, async (items) => {
    handed.push([...items].join());
    await promise;
  });
  batch.add('a');
  await vi.advanceTimersByTimeAsync(10);
  batch.add('b');
  await vi.advanceTimersByTimeAsync(50);
  expect(handed).toEqual(['a']);
  done();
  await vi.advanceTimersByTimeAsync(10);
  expect(handed).toEqual(['a', 'b']);
});

test('it is settled once all that had come is handed over, whatever comes meanwhile, or it is given up', async () => {
  const handed: string[] = [];
  const batch = new Batch<string>(10, async (items) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    handed.push([...items].join());
  });
  await batch.settled();
  batch.add('a');
  await vi.advanceTimersByTimeAsync(15);
  batch.add('b');
  const settled = batch.settled().then(() => handed.push('settled'));
  await vi.advanceTimersByTimeAsync(10);
  batch.add('c');
  await vi.advanceTimersByTimeAsync(100);
  await settled;
  expect(handed).toEqual(['a', 'b,c', 'settled']);
  batch.add('d');
  const left = batch.settled();
  batch.dispose();
  await left;
  batch.add('e');
  await batch.settled();
});
