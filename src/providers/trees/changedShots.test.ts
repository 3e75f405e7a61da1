import { expect, test } from 'vitest';
import { noAssets } from '../../../test/builders/noAssets.ts';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { ChapterId, ProjectId, SceneId, ShotId } from '../../core/model/ids.ts';
import { changedShots, drawn } from './changedShots.ts';
import { FilmNodes } from './filmNodes.ts';
import type { SceneNode } from './nodes.ts';

const root = '/films/Night_Train';

function aScene(nodes: FilmNodes): SceneNode {
  const project = nodes.project({
    ...{ root, id: ProjectId.parse('film'), name: 'Night Train' },
    ...{ chapters: 1, scenes: 1, readOnly: false },
  });
  const sceneView = { id: SceneId.parse('scene'), number: 1, address: '01/01', title: 'The platform' };
  const chapterView = { id: ChapterId.parse('chapter'), number: 1, address: '01', title: 'Act One' };
  const [chapter] = nodes.chapters(project, {
    project: project.view,
    assets: noAssets,
    beats: [],
    chapters: [{ ...chapterView, scenes: [sceneView] }],
  });
  const [scene] = chapter === undefined ? [] : nodes.scenes(chapter);
  if (scene === undefined) throw new Error('The film has no scene.');
  return scene;
}

const one = aShotView({ id: ShotId.parse('one') });
const two = aShotView({ id: ShotId.parse('two') });
const three = aShotView({ id: ShotId.parse('three') });

test('a scene that is read again as it was has nothing to draw anew', () => {
  const nodes = new FilmNodes();
  const scene = aScene(nodes);
  const before = drawn(nodes.shots(scene, [one, two]));
  expect(changedShots(before, nodes.shots(scene, [structuredClone(one), two]))).toEqual([]);
});

test('a shot with another take is drawn anew, and no other', () => {
  const nodes = new FilmNodes();
  const scene = aScene(nodes);
  const [, second] = nodes.shots(scene, [one, two]);
  const before = drawn(nodes.shots(scene, [one, two]));
  const after = nodes.shots(scene, [one, { ...two, takeCount: two.takeCount + 1 }]);
  expect(changedShots(before, after)).toEqual([second]);
});

test('other shots, and another order, are a scene to be drawn anew', () => {
  const nodes = new FilmNodes();
  const scene = aScene(nodes);
  const before = drawn(nodes.shots(scene, [one, two]));
  for (const shots of [[one, two, three], [one], [two, one]])
    expect(changedShots(before, nodes.shots(scene, shots))).toBeUndefined();
  expect(changedShots(drawn(undefined), nodes.shots(scene, [one]))).toBeUndefined();
});
