import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressThrottle } from './progressThrottle.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a flood becomes ten words a second, and the last one arrives', () => {
  const sent: number[] = [];
  const throttle = new ProgressThrottle(({ progress }) => sent.push(progress));
  for (let word = 1; word <= 1000; word++) {
    throttle.push({ progress: word / 1000, step: String(word) });
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(200);
  expect(sent.length).toBeLessThanOrEqual(11);
  expect(sent.at(0)).toBe(0.001);
  expect(sent.at(-1)).toBe(1);
});

test('nothing is sent once the run is over', () => {
  const sent: number[] = [];
  const throttle = new ProgressThrottle(({ progress }) => sent.push(progress));
  throttle.push({ progress: 0.1, step: '' });
  throttle.push({ progress: 7, step: '' });
  throttle.dispose();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([0.1]);
});
