import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from './shellWord.ts';

const hostile = [
  'Projects/Film',
  'with space',
  "it's",
  '"quoted"',
  '$(id)',
  '`id`',
  'a;b&c|d>e',
  '!x',
  '映画 🎬',
  'new\nline',
  'esc\u001b[31m',
  'rlo\u202ex',
  "tab\t'and\\back",
  ' lead',
];

test.each(hostile)('%j reaches a program as it is', (name) => {
  const printed = execFileSync('bash', ['-c', `printf %s ${shellWord(name, 'linux')}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  expect(printed).toBe(name);
});

test.each(hostile)('%j is printed without a control character', (name) => {
  expect(shellWord(name, 'linux')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
});

test('Windows knows the quotation mark alone', () => {
  expect(shellWord('C:\\My Films\\$(id)', 'win32')).toBe('"C:\\My Films\\$(id)"');
});
