import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { drawPanel } from './drawPanel.ts';

const cast = ['Ada', 'Ben', 'Cyrus'].map((name) => ({ name }));

function draw(fields: Partial<Panel> = {}, { seed = 1, takeNumber = 1 } = {}): string {
  return drawPanel({ panel: { ...aJob().panel, ...fields }, takeNumber, seed, pipeline: 'storyboard 1' });
}

function words(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join('\n');
}

describe('drawPanel', () => {
  it('draws the same take the same way', () => {
    expect(draw({ characters: cast }, { seed: 42 })).toBe(draw({ characters: cast }, { seed: 42 }));
  });

  it('stages every seed differently', () => {
    const drawings = Array.from({ length: 20 }, (_, seed) =>
      draw({ characters: cast }, { seed }).replaceAll(/seed \d+/g, ''),
    );
    expect(new Set(drawings).size).toBe(20);
  });

  it('does not move the camera for another take number', () => {
    const [first, second] = [1, 12].map((takeNumber) => draw({ characters: cast }, { takeNumber }));
    expect(words(second ?? '')).toContain('TAKE 12');
    expect(second?.replace('TAKE 12', 'TAKE 01')).toBe(first);
  });

  it('writes the slate', () => {
    const slate = words(
      draw(
        {
          project: 'Lighthouse',
          address: '03/02/01',
          size: 'CU',
          angle: 'low',
          movement: 'dolly',
          lens: 35,
          duration: 2.5,
          fps: '24000/1001',
          setting: 'EXT',
          location: 'Harbour',
          timeOfDay: 'dusk',
          style: 'Noir',
          dialogue: 'Who lit it?',
        },
        { seed: 7, takeNumber: 3 },
      ),
    );
    for (const text of [
      'Lighthouse',
      '03/02/01',
      'TAKE 03',
      'CU · low angle · dolly',
      '35 mm · 2.5 s · 23.98 fps',
      'seed 7',
      'EXT. HARBOUR – DUSK',
      'Noir · storyboard 1',
      'Somebody opens a door.',
      '“Who lit it?”',
    ]) {
      expect(slate).toContain(text);
    }
  });

  it('writes nothing that nobody decided', () => {
    const all = ['size', 'angle', 'movement', 'setting', 'timeOfDay'] as const;
    const slate = (undecided: Panel['undecided'], location?: string) =>
      words(draw({ undecided, movement: 'pan', ...(location === undefined ? {} : { location }) }));
    expect(slate([...all])).not.toMatch(/INT|DAY|–|MS|level|pan/u);
    expect(slate([...all], 'Pier')).toMatch(/^PIER$/mu);
    expect(slate(['setting'])).toMatch(/^DAY$/mu);
    expect(slate(['timeOfDay'], 'Pier')).toMatch(/^INT\. PIER$/mu);
    expect(slate(['angle'])).toMatch(/^MS · pan$/mu);
  });

  it('draws what nobody decided as the words have it', () => {
    const street = { description: 'An empty street at night', setting: 'EXT', timeOfDay: 'night' } as const;
    const undecided: Panel['undecided'] = ['setting', 'timeOfDay'];
    const open = { ...street, setting: 'INT', timeOfDay: 'day', undecided } as const;
    expect(draw(open)).toBe(draw({ ...street, undecided }));
    expect(draw({ ...open, undecided: [] })).toBe(draw({ ...street, setting: 'INT', timeOfDay: 'day' }));
  });

  it('keeps the colour of a character in every panel', () => {
    const colourOf = (svg: string) => /<circle[^>]*fill="([^"]+)"[^>]*\/><text[^>]*>Ada</.exec(svg)?.[1];
    const [alone, together] = [
      draw({ characters: cast.slice(0, 1) }),
      draw({ characters: cast.toReversed() }, { seed: 9 }),
    ];
    expect(colourOf(alone)).toMatch(/^#[0-9a-f]{6}$/);
    expect(colourOf(together)).toBe(colourOf(alone));
  });

  it('names who does not fit', () => {
    const crowd = Array.from({ length: 40 }, (_, i) => ({ name: `Extra ${i}` }));
    expect(words(draw({ characters: crowd }))).toContain('and 33 more');
  });

  it.each([
    [16, 16],
    [4096, 16],
    [16, 4096],
    [1920, 1080],
    [1080, 1920],
    [1000, 1000],
  ])('writes only real numbers at %i×%i', (width, height) => {
    const svg = draw({ width, height, characters: cast, movement: 'crane', angle: 'dutch', size: 'ECU' });
    expect(svg).toContain(`width="${width}" height="${height}"`);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|="[^"#]*\de[-+]?\d/);
  });
});
