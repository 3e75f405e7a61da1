import { expect, test } from 'vitest';
import { Asset } from './asset.ts';
import { Title } from './title.ts';

const family = '👩‍👩‍👧‍👦';

test.each([
  ['x', true],
  ['x'.repeat(200), true],
  [family.repeat(200), true],
  ['x'.repeat(201), false],
  [family.repeat(201), false],
  [`a${'\u0301'.repeat(5000)}`, false],
  ['', false],
  ['  ', false],
  ['a\nb', false],
  ['a\u0085b', false],
  ['a\u2028b', false],
  ['\u200b\u200d\u2060', false],
  ['\u202e\u2066', false],
  ['\u3164', false],
  ['\u2800', false],
  ['\ufe0f', false],
  ['\ud800', false],
  ['\u200bx', true],
  ['שלום\u202e', true],
])('a title is what a reader counts as 1 to 200 characters on one line: case %#', (name, accepted) => {
  expect(Title.safeParse(name).success).toBe(accepted);
  expect(Asset.safeParse({ schemaVersion: 1, id: 'a', name }).success).toBe(accepted);
});
