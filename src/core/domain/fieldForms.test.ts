import { expect, test } from 'vitest';
import { fieldForms, fitsForm, fromText } from './fieldForms.ts';

const { lens, duration } = fieldForms.shot;

test.each([
  ['35', 35],
  ['35mm', 35],
  [' 35 MM ', 35],
  ['27.5 millimeters', 27.5],
])('a lens of %j is %s', (typed, value) => {
  expect(fromText(lens, typed)).toBe(value);
  expect(fitsForm(lens, value)).toBe(true);
});

test.each([
  ['4', 4],
  ['4s', 4],
  ['.5 s', 0.5],
  ['4 sec.', 4],
  ['90 seconds', 90],
])('a length of %j is %s', (typed, value) => {
  expect(fromText(duration, typed)).toBe(value);
});

test.each(['35 cm', '35 s', 'mm', '35 mm mm', '3 5 mm', '1:2 mm'])(
  'a lens of %j is refused as it was typed',
  (typed) => {
    expect(fromText(lens, typed)).toBe(typed);
    expect(fitsForm(lens, typed)).toBe(false);
  },
);

test.each(['4 min', '4 ms', '4 mm', 's'])('a length of %j is refused as it was typed', (typed) => {
  expect(fromText(duration, typed)).toBe(typed);
  expect(fitsForm(duration, typed)).toBe(false);
});

test('nothing takes a value away', () => {
  expect(fromText(lens, ' ')).toBeNull();
});
