import { expect, onTestFinished, test, vi } from 'vitest';
import { Emitter } from '../../core/events.ts';
import { ExpectedTakes } from './expectedTakes.ts';
import type { ShotNode } from './nodes.ts';

const place = { root: '/film', address: '01/01/01' };

function shotWith(takeCount: number): ShotNode {
  return { kind: 'shot', id: '/film#shot:one', view: { takeCount } } as ShotNode;
}

/** An editor that opens a shot at the asking of this number; 0 never does. */
async function editor(opensAt: number, { refuses = false } = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const taken = new Emitter<ShotNode>();
  let asked = 0;
  const logged: string[] = [];
  const takes = new ExpectedTakes({
    tree: {
      onTaken: taken.event,
      find: () => Promise.resolve(shotWith(2)),
      isOpen: () => opensAt > 0 && asked >= opensAt,
    },
    open: () => {
      asked++;
      return refuses ? Promise.reject(new Error('not in sight')) : Promise.resolve();
    },
    log: (line) => logged.push(line),
  });
  await takes.expect(place);
  return {
    takes,
    logged,
    heard: async (takeCount: number) => {
      taken.fire(shotWith(takeCount));
      await vi.advanceTimersByTimeAsync(60_000);
      return asked;
    },
  };
}

test('a shot is opened once the take is there that was asked for, not when its folder is heard of', async () => {
  const { heard } = await editor(1);
  expect(await heard(2)).toBe(0);
  expect(await heard(3)).toBe(1);
  expect(await heard(4)).toBe(1);
});

test('an editor that has not drawn yet that there is something to open is asked again, until it has', async () => {
  const { heard } = await editor(4);
  expect(await heard(3)).toBe(4);
});

test('a shot that the editor does not show is left alone', async () => {
  const { heard, logged } = await editor(0, { refuses: true });
  expect(await heard(3)).toBe(1);
  expect(logged).toEqual([expect.stringContaining('not in sight')]);
});

test('a shot that never opens is not asked for without end', async () => {
  const { heard } = await editor(0);
  expect(await heard(3)).toBe(12);
});

test('nothing is asked for any more once the tree is gone', async () => {
  const { takes, heard } = await editor(0);
  takes.dispose();
  expect(await heard(3)).toBe(0);
});
