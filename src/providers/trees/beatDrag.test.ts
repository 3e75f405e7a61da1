import { expect, test } from 'vitest';
import { dropBeats, draggedBeats, dropOnBeat } from './beatDrag.ts';
import { parseDraggedBeats } from '../dragged.ts';
import type { FilmNode } from './nodes.ts';

const root = '/film';
const dragged = [{ root, beat: 'a' }];
/** What a drop looks at of its target. */
const target = (more: object): FilmNode => ({ root, ...more }) as unknown as FilmNode;
const refused = (code: string) => expect.objectContaining({ code }) as Error;

test('only beats are dragged as beats, by how an edit names them', () => {
  const nodes = [target({ kind: 'beat', beat: 'a' }), target({ kind: 'scene', address: '01/01' })];
  expect(parseDraggedBeats(draggedBeats(nodes) ?? '')).toEqual(dragged);
  expect(draggedBeats(nodes.slice(1))).toBeUndefined();
});

test.each([
  ['a chapter', '02', '02'],
  ['a scene', '02/03', '02/03'],
  ['a shot, for its scene', '02/03/01', '02/03'],
])('beats dropped on %s are bound to it', (_, address, at) => {
  const beats = [...dragged, { root, beat: 'b' }];
  expect(dropBeats(beats, target({ address }))).toEqual({ kind: 'bindBeats', beats: ['a', 'b'], at });
});

test.each([
  { kind: 'project' },
  { kind: 'beat', beat: 'b' },
  { kind: 'beats' },
  { kind: 'document', path: 'x' },
])('beats dropped on %o are refused', (where) => {
  expect(() => dropBeats(dragged, target(where))).toThrow(refused('beat-drop'));
});

test('beats of another film are refused, also by their own', () => {
  expect(() => dropBeats(dragged, target({ root: '/other', address: '01' }))).toThrow(
    refused('drop-elsewhere'),
  );
  const parts = [{ root: '/other', address: '01' }];
  expect(() => dropOnBeat(parts, { root, beat: 'a' })).toThrow(refused('drop-elsewhere'));
});

test.each(['01', '01/02'])('%s dropped on a beat is what it is bound to', (address) => {
  const request = { kind: 'bindBeats', beats: ['a'], at: address };
  expect(dropOnBeat([{ root, address }], { root, beat: 'a' })).toEqual(request);
});

test.each([[['01/01/01']], [['01/01', '01/02']], [['']]])('%o dropped on a beat is refused', (addresses) => {
  const parts = addresses.map((address) => ({ root, address }));
  expect(() => dropOnBeat(parts, { root, beat: 'a' })).toThrow(refused('beat-drop'));
});
