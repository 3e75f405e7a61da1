import { expect, test } from 'vitest';
import { placeInFilm } from './placeInFilm.ts';

const film = {
  chapters: [
    { address: '01', scenes: [{ address: '01/01' }, { address: '01/03' }] },
    { address: '02', scenes: [] },
    { address: '10', scenes: [{ address: '10/02' }, { address: '10/04' }] },
  ],
};

test.each([
  ['01/01', 0.125],
  ['10/02', 0.625],
  ['10/04', 0.875],
  ['01', 0.25],
  ['10', 0.75],
  ['02', 0.5],
  ['1', 0.5],
  ['', 0.5],
  ['09/09', 0.5],
])('the middle of %s is at %d', (address, place) => {
  expect(placeInFilm(film, address)).toBe(place);
});

test('a film of many scenes has places that can be read', () => {
  const scenes = Array.from({ length: 7 }, (_, index) => ({ address: `01/0${index + 1}` }));
  expect(placeInFilm({ chapters: [{ address: '01', scenes }] }, '01/02')).toBe(0.2143);
});
