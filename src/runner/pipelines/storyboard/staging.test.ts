import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { ShotSize } from '../../../core/model/shotList.ts';
import { blockingOf } from './blocking.ts';
import { placeCamera } from './camera.ts';
import { castOf } from './cast.ts';
import { layOut } from './layout.ts';
import { Random } from './random.ts';
import { stage, type Placed } from './staging.ts';

const [ada, emil] = [{ name: 'Ada' }, { name: 'Emil' }];
const seeds = Array.from({ length: 30 }, (_, seed) => seed);

/** By name, each where it is as a part of the picture's width. */
function staged(fields: Partial<Panel>, seed: number): ReadonlyMap<string, Placed & { readonly at: number }> {
  const panel: Panel = { ...aJob().panel, characters: [ada, emil], ...fields };
  const frame = layOut(panel.width, panel.height).picture;
  const [cast, blocking] = [castOf(panel), blockingOf(panel)];
  const camera = placeCamera({ panel, cast, frame, blocking }, new Random(seed, 'camera'));
  const figures = stage({ panel, cast, camera, blocking }, new Random(seed, 'staging'));
  return new Map(figures.map((one) => [one.traits.name, { ...one, at: (one.x - frame.x) / frame.width }]));
}

function two(fields: Partial<Panel>, seed: number) {
  const figures = staged(fields, seed);
  const [first, second] = [figures.get('Ada'), figures.get('Emil')];
  if (first === undefined || second === undefined) throw new Error('both are in the picture');
  return { ada: first, emil: second };
}

function looksAt(one: { at: number; facing: number }, other: { at: number }): boolean {
  return Math.sign(other.at - one.at) === one.facing;
}

describe('over the shoulder', () => {
  it.each(ShotSize.options)('shows one face and one back, looking at each other, in %s', (size) => {
    for (const seed of seeds) {
      const { ada: back, emil: face } = two({ size, description: "Over Ada's shoulder." }, seed);
      expect([back.back, face.back && size !== 'EWS']).toEqual([true, false]);
      expect(back.nearness).toBeGreaterThan(face.nearness);
      expect(Math.abs(back.at - 0.5)).toBeGreaterThan(Math.abs(face.at - 0.5));
      expect(looksAt(face, back)).toBe(true);
      expect(looksAt(back, face)).toBe(true);
    }
  });
});

describe('two in a picture', () => {
  it.each(['Two-shot.', 'They face each other.', 'Ada looks at Emil. Emil looks at Ada.'])(
    'look at each other: %s',
    (description) => {
      for (const size of ShotSize.options.slice(1))
        for (const seed of seeds) {
          const pair = two({ size, description, dialogue: 'ADA: Well?' }, seed);
          expect(looksAt(pair.ada, pair.emil) && looksAt(pair.emil, pair.ada)).toBe(true);
        }
    },
  );

  it('are both seen from the front in a two-shot of any size', () => {
    for (const size of ['CU', 'MCU', 'MS', 'MWS', 'WS'] as const)
      for (const seed of seeds) {
        const pair = two({ size, description: 'Two-shot.' }, seed);
        expect([pair.ada.back, pair.emil.back]).toEqual([false, false]);
      }
  });

  it('stand side by side, or back to back, where the words say so', () => {
    for (const seed of seeds) {
      const beside = two({ description: 'They stand side by side.' }, seed);
      expect(beside.ada.facing).toBe(beside.emil.facing);
      const apart = two({ description: 'They stand back to back.' }, seed);
      expect(looksAt(apart.ada, apart.emil) || looksAt(apart.emil, apart.ada)).toBe(false);
    }
  });

  it('keep their sides of the line all through a scene', () => {
    for (const scene of ['01/01', '01/02', '02/03']) {
      const sides = ['Two-shot.', 'OTS Ada.', 'OTS Emil.', 'They argue.', 'They face each other.'].flatMap(
        (description, shot) =>
          seeds.flatMap((seed) => {
            const fields = { description, address: `${scene}/0${shot}`, size: 'MCU' as const };
            const reversed = { ...fields, characters: [emil, ada] };
            return [two(fields, seed), two(reversed, seed)].map((pair) => pair.ada.at < pair.emil.at);
          }),
      );
      expect(new Set(sides).size).toBe(1);
    }
  });
});

describe('one in a picture', () => {
  const alone = (fields: Partial<Panel>, seed: number) => {
    const [figure] = staged({ characters: [ada], ...fields }, seed).values();
    if (figure === undefined) throw new Error('somebody is in the picture');
    return figure;
  };

  it('stands on a third', () => {
    for (const size of ['MCU', 'MS', 'MWS', 'WS', 'EWS'] as const)
      for (const seed of seeds) {
        const off = Math.abs(alone({ size }, seed).at - 0.5);
        expect(Math.abs(off - 1 / 6)).toBeLessThan(0.07);
      }
  });

  it('has room to look into', () => {
    for (const seed of seeds) {
      const figure = alone({ description: 'Ada looks to the left.' }, seed);
      expect(figure.facing).toBe(-1);
      expect(figure.at).toBeGreaterThan(0.5);
    }
  });

  it.each([
    ['Ada sits.', 'sit'],
    ['Ada kneels.', 'kneel'],
    ['Ada lies on the floor.', 'lie'],
    ['Ada runs.', 'run'],
  ])('is lower than who stands: %s', (description, pose) => {
    for (const seed of seeds) {
      const [posed, standing] = [alone({ size: 'WS', description }, seed), alone({ size: 'WS' }, seed)];
      expect(posed.pose).toBe(pose);
      expect(posed.length).toBeLessThan(standing.length);
      expect(posed.top + posed.length).toBeGreaterThan(0);
    }
  });

  it('turns as the words say', () => {
    expect(alone({ description: 'Ada, her back to us.' }, 1).back).toBe(true);
    expect(alone({ description: 'Ada in profile.' }, 1).profile).toBe(true);
    expect(alone({ description: 'Ada looks into the camera.' }, 1).atCamera).toBe(true);
  });
});
