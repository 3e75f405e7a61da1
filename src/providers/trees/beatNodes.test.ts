import { expect, test } from 'vitest';
import { BeatId, newId, ProjectId } from '../../core/model/ids.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import { BeatNodes } from './beatNodes.ts';
import type { BeatNode, BeatsNode, ProjectNode } from './nodes.ts';

const root = '/film';
const [first, second] = [newId(BeatId), newId(BeatId)];
const project: ProjectNode = {
  kind: 'project',
  id: root,
  root,
  parent: undefined,
  children: undefined,
  view: { root, id: newId(ProjectId), name: 'Film', chapters: 0, scenes: 0, readOnly: false },
};
const aBeat = (number: number, position: number, more: Partial<BeatView> = {}): BeatView => ({
  number,
  name: `Beat ${number}`,
  position,
  intensity: 0.5,
  ...more,
});

function children(nodes: BeatNodes, beats: readonly BeatView[]): readonly BeatNode[] {
  const [group] = nodes.of(project, beats);
  return group === undefined ? [] : nodes.children(group);
}

test('a film without beats has no line for them', () => {
  expect(new BeatNodes().of(project, [])).toEqual([]);
});

test('beats are listed as the film goes on, those of one place in the order of the manifest', () => {
  const beats = [aBeat(1, 0.9), aBeat(2, 0.1), aBeat(3, 0.5), aBeat(4, 0.1)];
  expect(children(new BeatNodes(), beats).map(({ view }) => view.number)).toEqual([2, 4, 3, 1]);
});

test('what is read again is the same line, moved and renamed or not', () => {
  const nodes = new BeatNodes();
  const before = children(nodes, [aBeat(1, 0.1, { id: first }), aBeat(2, 0.2, { id: second })]);
  const moved = aBeat(1, 0.8, { id: first, name: 'Later' });
  const after = children(nodes, [moved, aBeat(2, 0.2, { id: second })]);
  expect(after).toEqual([before[1], before[0]]);
  expect(after[1]).toBe(before[0]);
  expect(after[1]?.view.name).toBe('Later');
  const groups: readonly BeatsNode[] = [1, 2].flatMap(() => nodes.of(project, [moved]));
  expect(groups[1]).toBe(groups[0]);
});

test('beats without an id, and a second one with the same, go by their number', () => {
  const beats = [aBeat(1, 0, { id: first }), aBeat(2, 0.1), aBeat(3, 0.2, { id: first })];
  const nodes = children(new BeatNodes(), beats);
  expect(nodes.map(({ beat }) => beat)).toEqual([first, '2', '3']);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(3);
});
