import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { ShotSize } from '../../../core/model/shotList.ts';
import { blockingOf } from './blocking.ts';
import { behind, placeCamera, type Camera } from './camera.ts';
import { castOf } from './cast.ts';
import { layOut } from './layout.ts';
import { Random } from './random.ts';

const lenses = [18, 35, 85, 200];

function camera(fields: Partial<Panel>): Camera {
  const panel: Panel = { ...aJob().panel, characters: [{ name: 'Ada' }], ...fields };
  const frame = layOut(panel.width, panel.height).picture;
  return placeCamera({ panel, cast: castOf(panel), frame, blocking: blockingOf(panel) }, new Random(5));
}

/** How large something ten heads behind the main figure is drawn, where beside the figure it were 1. */
function sizeBehind(one: Camera): number {
  return 1 / behind(one, 10);
}

describe('a lens', () => {
  it.each(ShotSize.options)(
    'draws what is behind larger the longer it is, and the figure the same, in %s',
    (size) => {
      const cameras = lenses.map((lens) => camera({ size, lens }));
      const sizes = cameras.map(sizeBehind);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      expect((sizes.at(-1) ?? 0) / (sizes[0] ?? 1)).toBeGreaterThan(1.4);
      expect(new Set(cameras.map(({ scale }) => scale)).size).toBe(1);
    },
  );

  it.each(['ECU', 'CU', 'MCU', 'MS', 'MWS'] as const)('is told from the next one in %s', (size) => {
    const sizes = lenses.map((lens) => sizeBehind(camera({ size, lens })));
    for (const [i, larger] of sizes.slice(1).entries())
      expect(larger / (sizes[i] ?? 1)).toBeGreaterThan(i === 2 ? 1.08 : 1.2);
  });

  it('lets lines that lead away run together faster the wider it is', () => {
    const slopes = lenses.map((lens) => {
      const one = camera({ lens });
      const [near, far] = [one.project(6, 0, 1), one.project(6, 0, behind(one, 10))];
      return Math.abs(near[0] - far[0]);
    });
    expect(slopes).toEqual(slopes.toSorted((a, b) => b - a));
  });
});

describe('an angle', () => {
  it.each(ShotSize.options)('moves the horizon in %s', (size) => {
    const [low, eye, high] = (['low', 'eye', 'high'] as const).map(
      (angle) => camera({ size, angle }).vanishing[1],
    );
    expect(low).toBeGreaterThan((eye ?? 0) + 5);
    expect(eye).toBeGreaterThan((high ?? 0) + 5);
  });

  it('tilts the picture where it is dutch', () => {
    expect(Math.abs(camera({ angle: 'dutch' }).roll)).toBeGreaterThan(7);
    expect(Math.abs(camera({ angle: 'eye' }).roll)).toBeLessThan(1);
  });
});
