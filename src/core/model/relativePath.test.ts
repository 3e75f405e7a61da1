import { expect, test } from 'vitest';
import { isRelativePath } from './isRelativePath.ts';
import { RelativePath } from './relativePath.ts';

test.each(['a', 'a/b.json', '03_Renders/Chapter_01', 'Größe/日本', '.gitkeep', 'a/.git'])(
  '%s stays inside',
  (path) => {
    expect(RelativePath.safeParse(path).success).toBe(true);
    expect(isRelativePath(path)).toBe(true);
  },
);

test.each(['', '/a', '../a', 'a/../b', 'a/..', './a', 'a//b', 'a/', 'C:/a', 'c:a', 'a\\b', 'a\0b'])(
  '%j is refused',
  (path) => {
    expect(RelativePath.safeParse(path).success).toBe(false);
    expect(isRelativePath(path)).toBe(false);
  },
);

test.each([
  '.git',
  '.git/config',
  '.GIT/config',
  '.Auteur/lock',
  '.auteur',
  '.git./config',
  '.git /x',
  'git~1/x',
])('%j is where Git and we keep our own', (path) => {
  expect(RelativePath.safeParse(path).success).toBe(false);
  expect(isRelativePath(path)).toBe(false);
});

test.each([
  [1024, true],
  [1025, false],
])('of %i characters: %s', (length, accepted) => {
  const path = 'a'.repeat(length);
  expect(RelativePath.safeParse(path).success).toBe(accepted);
  expect(isRelativePath(path)).toBe(accepted);
});
