import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../src/runner/queue/database.ts';
import { LocalQueue } from '../../src/runner/queue/localQueue.ts';
import { tempFolder } from './tempFolder.ts';

/** A queue for one test; with a path, one that another queue has open, too. */
export function openQueue(path = join(tempFolder(), 'auteur.db')) {
  const queue = new LocalQueue(openDatabase(path));
  onTestFinished(() => queue.close());
  return { queue, path };
}

/** So much time passes, by every clock. */
export function passTime(ms: number): void {
  if (!vi.isFakeTimers()) {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    onTestFinished(() => void vi.useRealTimers());
  }
  vi.advanceTimersByTime(ms);
}

/** From now on the clock stands so far from what it is, and goes on no more. */
export function turnClock(ms: number): void {
  const time = performance.timeOrigin + performance.now() + ms;
  vi.useFakeTimers({ toFake: ['Date'], now: time });
  onTestFinished(() => void vi.useRealTimers());
}
