import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { CameraAngle } from '../../../core/model/shotList.ts';
import { castOf } from './cast.ts';
import { differ, saidColour } from './clothing.ts';
import { hslOf } from './colour.ts';
import { drawPanel } from './drawPanel.ts';

describe('saidColour', () => {
  it.each([
    ['in a yellow raincoat', 40, 55],
    ['a camel coat too good for the weather', 25, 42],
    ['Jeans and a green wool scarf.', 100, 150],
    ['a dress of red silk', 0, 15],
    ['always dressed in dark blue, and cold', 200, 230],
    ['black hair, a navy-blue uniform', 215, 240],
  ])('reads %j', (words, from, to) => {
    const hue = hslOf(saidColour(words) ?? '#000000').hue * 360;
    expect(hue).toBeGreaterThanOrEqual(from);
    expect(hue).toBeLessThanOrEqual(to);
  });

  it.each(['Grey hair in a braid, a dust coat.', 'Blue eyes under a hat', 'red hair', 'In white hair', ''])(
    'finds no clothes in %j',
    (words) => {
      expect(saidColour(words)).toBeUndefined();
    },
  );
});

function cast(...characters: { name: string; description?: string }[]) {
  return castOf({ ...aJob().panel, characters });
}

describe('castOf', () => {
  it('gives nobody in a panel a colour near to another', () => {
    const names = ['Ada', 'Emil', 'Noor', 'Ben', 'Cyrus', 'Dora', 'Finn', 'Gus', 'Hana', 'Ida', 'Jo', 'Kim'];
    for (const [i, one] of names.entries())
      for (const [j, other] of names.entries()) {
        if (i === j) continue;
        const said = j % 2 === 0 ? { description: 'in a yellow coat' } : {};
        const [a, b] = cast({ name: one }, { name: other, ...said });
        expect(differ(a?.colour ?? '', b?.colour ?? '')).toBeGreaterThanOrEqual(1);
      }
    const colours = cast(...names.slice(0, 8).map((name) => ({ name }))).map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(8);
  });

  it('moves the later of two, and the one of whom nothing is said', () => {
    const yellow = 'in a yellow coat';
    const [alone] = cast({ name: 'Ada', description: yellow });
    const [first, second] = cast({ name: 'Ada', description: yellow }, { name: 'Ben', description: yellow });
    expect(first?.colour).toBe(alone?.colour);
    expect(second?.colour).not.toBe(alone?.colour);
    const together = cast({ name: 'Cyrus' }, { name: 'Ada', description: yellow });
    expect(together[1]?.colour).toBe(alone?.colour);
  });
});

describe('a drawn panel', () => {
  it.each(CameraAngle.options)('has the garment, the dots and the list agree from %s', (angle) => {
    const characters = [{ name: 'Ada' }, { name: 'Emil', description: 'in a camel coat' }];
    const panel = {
      ...aJob().panel,
      characters,
      angle,
      timeOfDay: 'dusk' as const,
      width: 1280,
      height: 720,
    };
    const svg = drawPanel({ panel, seed: 4, takeNumber: 1, pipeline: 'storyboard 1' });
    const figures = /<g id="figures">(.*?)<\/g>/s.exec(svg)?.[1] ?? '';
    const dots = [...svg.matchAll(/<circle[^>]*r="(7|9|12)" fill="(#[0-9a-f]{6})"/g)];
    expect(dots.map(([, r]) => r).sort()).toEqual(['12', '12', '7', '7', '9', '9']);
    const colours = new Set(dots.map(([, , colour]) => colour ?? ''));
    expect(colours.size).toBe(2);
    for (const colour of colours) expect(figures).toContain(`fill="${colour}"`);
  });
});
