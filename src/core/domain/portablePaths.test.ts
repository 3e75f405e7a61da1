import { expect, test } from 'vitest';
import { pathTrouble } from './portablePaths.ts';

test.each([
  '../out.png',
  'a/../../out.png',
  '/etc/passwd',
  'a//b',
  './a',
  'a\\b.png',
  '.git/config',
  'a/.GIT/hooks/pre-push',
  'git~1/config',
  '.git./config',
])('%j leads outside', (path) => {
  expect(pathTrouble([path])).toEqual({ kind: 'outside', path });
});

test.each([
  ...['con', 'aux.png', 'a/NUL.txt', 'com1', 'lpt9.tar.gz', 'a./b', 'a /b', 'b.', 'b '],
  ...['a:b', 'what?.png', 'a*b', 'a|b', '<a>', '"a"', 'a\u0007b', 'C:/a', 'x'.repeat(256), 'é'.repeat(100)],
])('%j is no name on some system', (path) => {
  expect(pathTrouble([path])).toEqual({ kind: 'name', path });
});

test('a path may be longer than Windows once allowed, and not without end', () => {
  const folder = 'x'.repeat(60);
  expect(pathTrouble([`${folder}/${folder}/${folder}/${folder}/${folder}/take.png`])).toBeUndefined();
  const path = Array.from({ length: 20 }, () => folder).join('/');
  expect(pathTrouble([path])).toEqual({ kind: 'long', path });
});

test.each([
  ['Ada.png', 'ada.png'],
  ['Art/a.png', 'art/b.png'],
  ['é.png'.normalize('NFC'), 'é.png'.normalize('NFD')],
  ['straße.png', 'STRASSE.png'],
  ['a', 'a/b.png'],
  ['same.png', 'same.png'],
])('%j and %j are one file on some system', (first, second) => {
  expect(pathTrouble([first, 'other.png', second])).toMatchObject({ kind: 'clash' });
});

test('what is fine everywhere is fine', () => {
  const paths = [
    'project.json',
    '.auteur/project.schema.json',
    '.gitignore',
    '01_Assets/Ünder/a b.png',
    'a/b',
    'a/c',
  ];
  expect(pathTrouble(paths)).toBeUndefined();
});
