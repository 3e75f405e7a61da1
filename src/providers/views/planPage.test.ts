import { expect, test } from 'vitest';
import { ShotId } from '../../core/model/ids.ts';
import type { PlannedTake } from '../../core/protocol/plannedTake.ts';
import { untranslated as t } from '../translate.ts';
import { planPage } from './planPage.ts';

const needs = {
  about: { about: 'plan', root: '/film', addresses: [] } as {
    about: 'plan';
    root: string;
    addresses: string[];
  },
  t,
  srcOf: (file: string) => file,
  timeOf: (iso: string) => iso,
};

function aPlan(fields: Partial<PlannedTake> = {}): PlannedTake {
  return {
    shotId: ShotId.parse('shot'),
    address: '01/01/01',
    number: 2,
    output: '03_Renders/S01_S01_take02.png',
    quality: 'low',
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '2' },
    prompt: { direct: 'A door', identity: '', aesthetic: '', context: '', negative: '', text: 'A door' },
    parameters: { width: 320 },
    ...fields,
  };
}

function rowsOf(plan: readonly PlannedTake[], section = 0): Readonly<Record<string, string | undefined>> {
  const found = planPage(needs, 'the film', plan).sections[section];
  if (found?.kind !== 'facts') throw new Error('no facts');
  return Object.fromEntries(found.rows.map(({ name, values }) => [name, values[0]]));
}

test('what the storyboard would draw is said in full', () => {
  expect(rowsOf([aPlan()])).toEqual({
    Pipeline: 'storyboard (storyboard)',
    Version: '2',
    Device: 'the processor: it needs no card',
    Quality: 'low quality',
    Seed: 'drawn at random when it is generated',
    File: '03_Renders/S01_S01_take02.png',
    width: '320',
    'What the pipeline gets': 'A door',
  });
  const headings = planPage(needs, '01/01/01', [aPlan()]).sections.map(({ heading }) => heading);
  expect(headings).toEqual(['Take 02 of shot 01/01/01', 'Prompt']);
});

test('a container would run its image on a card, and what it stands in for is noted once', () => {
  const fallback = { from: 'auteur-flux:1.0-draft', reason: 'no card was found' };
  const small = { id: 'gpu0', name: 'The Card', vramGb: 12, freeGb: 3.5, heldBy: '01/02/03' };
  const devices = [small, { id: 'gpu1', name: 'Another', vramGb: 24 }];
  const pipeline = { id: 'own', kind: 'container', version: 'studio/own:1' } as const;
  const plan = [
    aPlan({ image: 'studio/own:1', digest: 'sha256:77', devices, pipeline, fallback, seed: 7 }),
    aPlan({ image: 'studio/own:1', devices: [], pipeline, fallback, number: 3 }),
  ];
  expect(rowsOf(plan)).toMatchObject({
    Image: 'studio/own:1',
    Digest: 'sha256:77',
    Device: 'gpu0 (The Card, 12 GB, 3.5 GB free now, held by 01/02/03)\ngpu1 (Another, 24 GB)',
    Seed: '7',
    'Instead of': 'auteur-flux:1.0-draft: no card was found',
  });
  expect(rowsOf(plan, 1)['Device']).toBe('no card here is large enough: it would wait');
  expect(rowsOf(plan, 1)['Digest']).toMatch(/^not on this machine yet/);
  expect(planPage(needs, '', plan).notes).toEqual([
    'own stands in for auteur-flux:1.0-draft: no card was found',
  ]);
});

test('of thousands the first are shown, and how many there are', () => {
  const plan = Array.from({ length: 5000 }, (_, index) => aPlan({ number: index + 1 }));
  const { sections, notes } = planPage(needs, 'the film', plan);
  expect(sections).toHaveLength(200);
  expect(notes).toEqual([expect.stringContaining('200 of 5000')]);
});
