import { expect, test } from 'vitest';
import { Title } from '../model/title.ts';
import { folderKey, folderNames, isAcceptableName, safeFolderName } from './names.ts';

test.each([
  ['The Last Reel', 'The_Last_Reel'],
  ['What: "Now"?', 'What_Now'],
  ['..hidden', 'hidden'],
  ['-rf', 'rf'],
  ['trailing. ', 'trailing'],
  ['CON', '_CON'],
  ['aux.film', '_aux.film'],
  ['a/b\\c', 'a_b_c'],
  ['Cafe\u0301', 'Caf\u00e9'],
  ['???', 'Untitled'],
  ['שלום עולם', 'שלום_עולם'],
  ['a\u202eb', 'a_b'],
  ['a\u200bb', 'a_b'],
  ['nul.txt', '_nul.txt'],
  ['COM¹', '_COM¹'],
  ['Lpt9.', '_Lpt9'],
  ['con .png', 'con_.png'],
  ['--help', 'help'],
  ['$(id)', '$(id)'],
  ['`id`', '`id`'],
  ['100%', '100%'],
  ['~', '~'],
])('%j becomes the folder %s', (name, folder) => {
  expect(safeFolderName(name)).toBe(folder);
});

test('a long name is cut between characters, not within them', () => {
  const folder = safeFolderName('👩‍👩‍👧‍👦'.repeat(200));
  expect(new TextEncoder().encode(folder).length).toBeLessThanOrEqual(96);
  expect(
    [...new Intl.Segmenter().segment(folder)].every(
      ({ segment }) => segment.startsWith('👩') || segment === '_',
    ),
  ).toBe(true);
});

test.each([
  ['x', true],
  ['x'.repeat(200), true],
  ['🎬'.repeat(200), true],
  ['👩‍👩‍👧‍👦'.repeat(200), true],
  ['👩‍👩‍👧‍👦'.repeat(201), false],
  [`a${'\u0301'.repeat(5000)}`, false],
  ['', false],
  ['   ', false],
  ['x'.repeat(201), false],
  ['a\nb', false],
])('name %j accepted: %s, and read again where it is', (name, accepted) => {
  expect(isAcceptableName(name)).toBe(accepted);
  expect(Title.safeParse(name).success).toBe(accepted);
});

test.each([
  ['Caf\u00e9', 'Cafe\u0301'],
  ['Film', 'film'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['ﬁlm', 'FILM'],
  ['a\u200db', 'ab'],
])('%j and %j may be one folder somewhere', (one, other) => {
  expect(folderKey(one)).toBe(folderKey(other));
});

test.each([
  ['Film', 'Film_2'],
  ['e', 'é'],
  ['映画', '映像'],
])('%j and %j are two folders everywhere', (one, other) => {
  expect(folderKey(one)).not.toBe(folderKey(other));
});

test('a name has as many folders as are needed', () => {
  const folders = folderNames('A/B');
  expect([1, 2, 3].map(() => folders.next().value)).toEqual(['A_B', 'A_B_2', 'A_B_3']);
});
