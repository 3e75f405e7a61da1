import { expect, test } from 'vitest';
import type { GitStatus } from '../../core/protocol/gitStatus.ts';
import { untranslated } from '../translate.ts';
import { gitLines, gitText } from './gitText.ts';

const detached: GitStatus = {
  ahead: 0,
  behind: 0,
  unpushed: 0,
  unpushedTakes: 0,
  changed: 0,
  others: 0,
  takes: 0,
  conflicts: 0,
  summary: '',
};
const quiet: GitStatus = { ...detached, branch: 'main' };

test.each<[string, Partial<GitStatus>]>([
  ['main', {}],
  ['main ↑2 ↓1', { ahead: 2, behind: 1, upstream: 'origin/main' }],
  ['main · 3 changed', { changed: 3 }],
  ['main · 1 changed · merge', { changed: 1, operation: 'merge' }],
])('%j', (text, status) => {
  expect(gitText(untranslated, { ...quiet, ...status })).toBe(text);
});

test('without a branch it says so', () => {
  expect(gitText(untranslated, detached)).toBe('no branch');
});

test('a branch cannot turn the text around it', () => {
  expect(gitText(untranslated, { ...quiet, branch: 'a\u202eb' })).toBe('a b');
});

test('the tooltip says what is to be committed and pushed', () => {
  const status = { ...quiet, upstream: 'origin/main', ahead: 2, changed: 3, takes: 1, others: 4 };
  expect(gitLines(untranslated, status)).toEqual([
    'Branch main',
    'origin/main: 2 to push, 0 to pull.',
    'Files to commit: 3, takes among them: 1.',
    'Other changed files: 4.',
  ]);
});
