import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isTypeable, shellWord } from './shellWord.ts';

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
  '=ls',
  'mark\u200f1',
  '\u0003\u0007a',
];

test.each(hostile)('%j reaches a program as it is', (name) => {
  const printed = execFileSync('bash', ['-c', `printf %s ${shellWord(name, 'linux') ?? ''}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  expect(printed).toBe(name);
});

test.each(hostile)('%j is written without a control character', (name) => {
  expect(isTypeable(shellWord(name, 'linux') ?? '')).toBe(true);
});

test('a control character is not typeable, a letter of any script is', () => {
  for (const text of ['a\nb', '\u0003', '\u202e', '\u200f', '\u009b31m'])
    expect(isTypeable(text)).toBe(false);
  for (const text of ['映画 🎬', 'שלום', "it's"]) expect(isTypeable(text)).toBe(true);
});

test.each([
  ['git', 'git'],
  ['C:\\My Films', '"C:\\My Films"'],
  ["C:\\It's", '"C:\\It\'s"'],
  ['*.mov', '"*.mov"'],
])('on Windows %j is %j for cmd and for PowerShell', (text, word) => {
  expect(shellWord(text, 'win32')).toBe(word);
});

test.each(['C:\\$(id)', 'C:\\%PATH%', 'C:\\`n', 'C:\\\u201cx\u201d', 'C:\\a\u200fb', 'C:\\'])(
  'on Windows %j is no word, because cmd or PowerShell would read it as another',
  (text) => {
    expect(shellWord(text, 'win32')).toBeUndefined();
  },
);
