import { expect, test } from 'vitest';
import { BeatNodes } from './beatNodes.ts';
import type { FilmNode, ProjectNode } from './nodes.ts';
import { TreeFilter } from './treeFilter.ts';

const root = '/film';
const project: ProjectNode = {
  kind: 'project',
  id: root,
  root,
  parent: undefined,
  children: undefined,
  view: { root, name: 'Film', chapters: 1, scenes: 1, readOnly: false },
};
const beats = [
  { number: 1, name: 'Catalyst', description: 'A letter comes.', position: 0.1, intensity: 0.6 },
  { number: 2, name: 'Finale', position: 0.9, intensity: 1, at: '01/02', boundTo: 'The pier' },
];

async function shown(typed: string): Promise<readonly string[]> {
  const filter = new TreeFilter({ search: () => Promise.resolve([]) });
  await filter.set(typed, [root]);
  const nodes = new BeatNodes();
  const [group] = nodes.of(project, beats);
  if (group === undefined) throw new Error('The film has beats.');
  const all: readonly FilmNode[] = [group, ...nodes.children(group)];
  return all
    .filter((node) => filter.shows(node))
    .map((node) => (node.kind === 'beat' ? node.view.name : node.kind));
}

test.each([
  ['', ['beats', 'Catalyst', 'Finale']],
  ['catalyst', ['beats', 'Catalyst']],
  ['LETTER', ['beats', 'Catalyst']],
  ['pier', ['beats', 'Finale']],
  ['"01/02" finale', ['beats', 'Finale']],
  ['nothing of the kind', []],
  ['is:stale', []],
  ['character:Ada catalyst', []],
  ['status:approved', []],
])('the filter %j shows of the beats %o', async (typed, names) => {
  expect(await shown(typed)).toEqual(names);
});
