import { expect, test } from 'vitest';
import { fieldForms } from '../../core/domain/fieldForms.ts';
import { untranslated as t } from '../../providers/translate.ts';
import { fieldChoices } from './fieldChoices.ts';
import { sizeChoices } from './projectChoices.ts';

const { shot, project } = fieldForms;
const lines = (name: 'size' | 'angle' | 'movement' | 'setting' | 'timeOfDay') =>
  fieldChoices(t, name, shot[name]).map(({ label, description }) =>
    description === undefined ? label : `${label}: ${description}`,
  );

test('sizes are those of Add Shot, in its order and with its words', () => {
  const shown = ({ label, description }: { label: string; description?: string }) => [label, description];
  expect(fieldChoices(t, 'size', shot.size).map(shown)).toEqual(sizeChoices(t).map(shown));
});

test('every key has its words beside it, where they say more, and may stay open', () => {
  expect(lines('angle')).toEqual([
    'low: low angle',
    'eye: eye level',
    'high: high angle',
    "birds-eye: bird's eye",
    'dutch: dutch angle',
    'Not decided yet',
  ]);
  expect(lines('movement').slice(-2)).toEqual(['handheld', 'Not decided yet']);
  expect(lines('setting')).toEqual([
    'INT: interior',
    'EXT: exterior',
    'INT/EXT: interior and exterior',
    'Not decided yet',
  ]);
  expect(lines('timeOfDay')[0]).toBe('dawn');
});

test.each(['size', 'angle', 'movement', 'setting', 'timeOfDay'] as const)(
  'whatever %s may be can be chosen',
  (name) => {
    const values = fieldChoices(t, name, shot[name]).map(({ value }) => value);
    expect(new Set(values)).toEqual(new Set([...shot[name].choices, null]));
  },
);

test('what a film must have does not stay open', () => {
  expect(fieldChoices(t, 'quality', project.quality).map(({ label }) => label)).toEqual([
    'Low',
    'Standard',
    'High',
  ]);
});
