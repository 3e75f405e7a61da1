import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from './textDifference.ts';

const halves = fc.constantFrom('a', '\r\n', '🎬', '🎥', '👩🏽', '');

test('the part in which two texts differ makes one of the other, and cuts no character in two', () => {
  fc.assert(
    fc.property(fc.array(halves), fc.array(halves), (first, second) => {
      const [before, after] = [first.join(''), second.join('')];
      const { offset, length, text } = differenceOf(before, after);
      const [start, end] = [before.slice(0, offset), before.slice(offset + length)];
      expect(start + text + end).toBe(after);
      for (const part of [start, text, end]) expect(part).toBe(Buffer.from(part).toString());
    }),
  );
});

test('what is the same on both sides is left out', () => {
  expect(differenceOf('a one z', 'a two z')).toEqual({ offset: 2, length: 3, text: 'two' });
  expect(differenceOf('same', 'same')).toEqual({ offset: 4, length: 0, text: '' });
});
