import { expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';

it('leaves alone what is short enough', () => {
  expect(excerpt('a'.repeat(100))).toBe('a'.repeat(100));
});

it('cuts what is longer, and says so', () => {
  expect(excerpt('a'.repeat(101))).toBe(`${'a'.repeat(100)}…`);
  expect(excerpt('abcdef', 3)).toBe('abc…');
});

it('cuts no sign in two', () => {
  expect(excerpt('ab🎬cd', 3)).toBe('ab…');
  expect(excerpt('ab🎬cd', 4)).toBe('ab🎬…');
});
