import { expect, test } from 'vitest';
import { dropRequest } from './projectDrag.ts';

const root = '/film';
const siblings = ['01/01/01', '01/01/02', '01/01/03', '01/01/04'];
const drop = (moved: readonly string[], address: string | undefined, others = siblings) =>
  dropRequest(
    moved.map((one) => ({ root, address: one })),
    { root, ...(address === undefined ? {} : { address }), siblings: others },
  );

test.each([
  ['down, behind what it was dropped on', ['01/01/01'], '01/01/03', { into: '01/01', before: '01/01/04' }],
  ['down to the end', ['01/01/01'], '01/01/04', { into: '01/01' }],
  ['up, in front of what it was dropped on', ['01/01/04'], '01/01/02', { into: '01/01', before: '01/01/02' }],
  ['several at once', ['01/01/01', '01/01/02'], '01/01/03', { into: '01/01', before: '01/01/04' }],
  ['from another scene, in front', ['02/02/01'], '01/01/02', { into: '01/01', before: '01/01/02' }],
  ['into a scene', ['01/01/01'], '01/02', { into: '01/02' }],
])('a shot goes %s', (_, moved, onto, request) => {
  expect(drop(moved, onto)).toEqual({ kind: 'move', addresses: moved, ...request });
});

test('scenes go into chapters, chapters to the end of their film', () => {
  expect(drop(['01/01'], '02', ['01', '02'])).toEqual({ kind: 'move', addresses: ['01/01'], into: '02' });
  expect(drop(['01'], undefined, [])).toEqual({ kind: 'move', addresses: ['01'], into: '' });
});

test('what is dropped on itself stays', () => {
  expect(drop(['01/01/02'], '01/01/02')).toBeUndefined();
  expect(drop([], '01/01/02')).toBeUndefined();
});

test.each([
  [['01/01/01'], '01'],
  [['01/01/01'], undefined],
  [['01'], '01/01'],
  [['01', '01/01/01'], '02'],
])('%o cannot be dropped on %s', (moved, onto) => {
  expect(() => drop(moved, onto)).toThrow(expect.objectContaining({ code: 'move-impossible' }) as Error);
});

test('nothing goes from one film into another', () => {
  const from = [{ root: '/other', address: '01/01/01' }];
  expect(() => dropRequest(from, { root, address: '01/01', siblings })).toThrow(
    expect.objectContaining({ code: 'drop-elsewhere' }) as Error,
  );
});
