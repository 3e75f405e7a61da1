import { expect, test } from 'vitest';
import { parseJsonText } from './jsonText.ts';

test.each([
  ['{"a": 1, "b": {"a": 2}}'],
  ['[{"a": 1}, {"a": 2}]'],
  ['{"a:b": "c: \\"d\\": \\\\", "e": ":"}'],
  ['{"__proto__": 1, "constructor": [":"]}'],
  ['"a: b"'],
  ['null'],
  ['{"": {"": {}}}'],
])('%s has one meaning', (text) => {
  expect(parseJsonText(text)).toEqual({ value: JSON.parse(text) as unknown });
});

test.each([
  ['{"a": 1, "a": 1}', 'the key "a" stands twice'],
  ['{"a": 1, "\\u0061": 2}', 'the key "a" stands twice'],
  ['[{"b": {"a": ":", "a": 1}}]', 'the key "a" stands twice'],
  ['{"a": 1,}', 'property name expected'],
  ['{"a" 1}', 'colon expected'],
  ['', 'value expected'],
  [`${'['.repeat(600)}${']'.repeat(600)}`, 'nested deeper than 500 levels'],
  [`${'{"a":'.repeat(600)}1${'}'.repeat(600)}`, 'nested deeper than 500 levels'],
])('%s does not', (text, problem) => {
  expect(parseJsonText(text)).toMatchObject({ problem: expect.stringContaining(problem) as string });
});

test('a text nested as deep as is allowed is read', () => {
  const text = `${'['.repeat(500)}${']'.repeat(500)}`;
  expect(parseJsonText(text)).toEqual({ value: JSON.parse(text) as unknown });
});
