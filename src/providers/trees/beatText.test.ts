import { expect, test } from 'vitest';
import { untranslated as t } from '../translate.ts';
import { beatText } from './beatText.ts';

const beat = { number: 1, name: 'Catalyst', position: 0.12, intensity: 0.6 };

test('a beat says where it is, how strong and what it is bound to', () => {
  expect(beatText(t, { ...beat, at: '01/02', boundTo: 'The kitchen' })).toEqual({
    label: 'Catalyst',
    description: '12% · felt 60% · 01/02',
    spoken: 'Emotional beat Catalyst, at 12% of the film, intensity 60%, 01/02 The kitchen',
  });
});

test.each([
  [0, '0%'],
  [1, '100%'],
  [1 / 3, '33.33%'],
  [0.29, '29%'],
  [0.07, '7%'],
])('%d of the film is %s', (position, shown) => {
  expect(beatText(t, { ...beat, position }).description).toBe(`${shown} · felt 60%`);
});

test('a name cannot break its line or turn the text around it', () => {
  const { label, spoken } = beatText(t, {
    ...beat,
    name: 'One\nTwo\u202e',
    at: '01',
    boundTo: 'A\u2067\nB',
  });
  expect(`${label}${spoken}`).not.toMatch(/[\n\u202e\u2067]/u);
});
