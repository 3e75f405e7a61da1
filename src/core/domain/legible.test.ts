import { expect, test } from 'vitest';
import { legible, legibleLines } from './legible.ts';

test.each([
  ['The Last Reel', 'The Last Reel'],
  ['映画 🎬 👩‍👩‍👧‍👦', '映画 🎬 👩‍👩‍👧‍👦'],
  ['שלום', '\u2068שלום\u2069'],
  ['abc سلام', '\u2068abc سلام\u2069'],
  ['photo\u202egnp.exe', 'photo gnp.exe'],
  ['a\u2066b\u2069\u2069c', 'a b  c'],
  ['a\nb\u001b[31m', 'a b [31m'],
])('%j is shown as %j', (name, shown) => {
  expect(legible(name)).toBe(shown);
});

test('what is left open in a name is closed with it', () => {
  expect(legible('שלום\u202d\u2067')).toBe('\u2068שלום  \u2069');
});

test('lines of a longer text stay lines', () => {
  expect(legibleLines('one\r\ntwo\u2028שלום')).toBe('one\ntwo\n\u2068שלום\u2069');
});
