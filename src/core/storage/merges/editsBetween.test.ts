import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editJsonText } from '../jsonFile.ts';
import { editsBetween } from './editsBetween.ts';

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.constantFrom('a', 'b', ''),
    fc.dictionary(fc.constantFrom('one', 'two', 'three'), tie('value')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5', '6'), text: tie('value') }), {
      selector: ({ id }) => id,
    }),
  ),
})).value;
const text = fc.record({ shots: value, note: value });

test('a text holds the other value after the edits, whatever both are', () => {
  fc.assert(
    fc.property(text, text, fc.constantFrom(undefined, 2, '\t'), (from, to, indent) => {
      const edited = editJsonText(JSON.stringify(from, null, indent), editsBetween(from, to));
      expect(JSON.parse(edited)).toEqual(to);
    }),
    { numRuns: 500 },
  );
});

test('what is the same in both keeps its layout', () => {
  const before = `{
    "note":   "as it is",
    "shots": [
      { "id": "a",   "n": 1 },
      { "id": "b",   "n": 2 },
      { "id": "c" }
    ]
}
`;
  const to = {
    note: 'as it is',
    shots: [
      { id: 'b', n: 2 },
      { id: 'c', n: 3 },
    ],
  };
  const after = editJsonText(before, editsBetween(JSON.parse(before), to));
  expect(after).toContain('    "note":   "as it is",\n    "shots": [\n      { "id": "b",   "n": 2 },\n');
  expect(JSON.parse(after)).toEqual(to);
});

test('a member that goes to the end of a list is moved, and no other', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const [first, ...rest] = list;
  expect(editsBetween(list, [...rest, first])).toEqual([
    { path: [0], value: undefined },
    { path: [-1], value: first },
  ]);
  expect(editsBetween([...rest, first], list)).toEqual([
    { path: [3], value: undefined },
    { path: [0], value: first, insert: true },
  ]);
});
