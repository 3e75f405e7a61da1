import { expect, test } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { aShotView } from '../../../test/builders/aShotView.ts';
import type { JobWord } from '../../core/domain/filmQuery.ts';
import { Emitter } from '../../core/events.ts';
import { ChapterId, SceneId, ShotId } from '../../core/model/ids.ts';
import type { FilmView, JobView } from '../../core/protocol/views.ts';
import { JobBoard } from '../jobBoard.ts';
import { BeatNodes } from './beatNodes.ts';
import { FilmNodes } from './filmNodes.ts';
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

const idle = { wordsOf: () => new Set<JobWord>() };

async function shown(typed: string): Promise<readonly string[]> {
  const filter = new TreeFilter({ studio: { search: () => Promise.resolve([]) }, jobs: idle });
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

const [setup, empty, rain, turn, dry] = ['setup', 'empty', 'rain', 'turn', 'dry'];
const scene = (id: string, number: number, address: string, title: string) => ({
  id: SceneId.parse(id),
  number,
  address,
  title,
});
const film: FilmView = {
  project: project.view,
  chapters: [
    {
      id: ChapterId.parse(setup),
      number: 1,
      address: '01',
      title: 'Setup',
      scenes: [scene(empty, 1, '01/01', 'An empty pier'), scene(rain, 2, '01/02', 'Rain')],
    },
    {
      id: ChapterId.parse(turn),
      number: 2,
      address: '02',
      title: 'The turn',
      scenes: [scene(dry, 3, '02/03', 'Dry land')],
    },
  ],
  assets: { characters: [], locations: [], styles: [], music: [] },
  beats: [],
};

/** The film above with a shot in each of the scenes `rain` and `dry`, of which a search finds those that are named. */
function aTree(jobs: JobBoard, found: readonly string[]) {
  const nodes = new FilmNodes();
  const chapters = nodes.chapters(project, film);
  const scenes = chapters.flatMap((chapter) => nodes.scenes(chapter));
  const shots = scenes
    .filter(({ view }) => view.id !== empty)
    .flatMap((one) => nodes.shots(one, [aShotView({ id: `${one.view.id}-shot` }, { sceneId: one.view.id })]));
  const hits = shots
    .filter(({ parent }) => found.includes(parent.view.id))
    .map(({ shotId, address, parent }) => ({
      id: shotId,
      sceneId: parent.view.id,
      address,
      description: '',
      path: '',
      line: 0,
    }));
  const filter = new TreeFilter({ studio: { search: () => Promise.resolve(hits) }, jobs });
  const all = [...chapters, ...scenes, ...shots];
  const idOf = (node: (typeof all)[number]): string => (node.kind === 'shot' ? node.shotId : node.view.id);
  return { filter, shown: () => all.filter((node) => filter.shows(node)).map(idOf) };
}

function aBoard() {
  const news = new Emitter<readonly JobView[]>();
  const board = new JobBoard({ jobs: () => Promise.resolve([]), onJobs: news.event });
  const tell = (status: JobView['status'], shot: string, id = shot): readonly JobView[] => {
    const jobs = [aJobView({ id, shotId: ShotId.parse(shot), status, projectRoot: root })];
    news.fire(jobs);
    return jobs;
  };
  return { board, tell };
}

test.each([
  ['setup', [], [setup, empty, rain, 'rain-shot']],
  ['pier', [], [setup, empty]],
  ['RAIN', [], [setup, rain, 'rain-shot']],
  ['01/01', [], [setup, empty]],
  ['anything', [dry], [turn, dry, 'dry-shot']],
  ['status:none', [], []],
  ['setup status:none', [], []],
])('with %j, of which a search finds the shots of %o, %o are shown', async (typed, found, ids) => {
  const tree = aTree(aBoard().board, found);
  await tree.filter.set(typed, [root]);
  expect(tree.shown()).toEqual(ids);
});

test('what runs, waits or has failed comes and goes with its job', async () => {
  const { board, tell } = aBoard();
  const { filter, shown: ids } = aTree(board, [rain, dry]);
  await filter.set('is:running', [root]);
  expect(ids()).toEqual([]);
  expect(filter.jobsChanged(tell('pending', 'rain-shot'))).toEqual([]);
  expect(filter.jobsChanged(tell('running', 'rain-shot'))).toEqual([root]);
  expect(ids()).toEqual([setup, rain, 'rain-shot']);
  // Progress changes nothing that is shown.
  expect(filter.jobsChanged(tell('running', 'rain-shot'))).toEqual([]);
  expect(filter.jobsChanged(tell('error', 'rain-shot'))).toEqual([root]);
  expect(ids()).toEqual([]);
  tell('pending', 'dry-shot');
  await filter.set('is:failed', [root]);
  expect(ids()).toEqual([setup, rain, 'rain-shot']);
  await filter.set('is:waiting', [root]);
  expect(ids()).toEqual([turn, dry, 'dry-shot']);
  tell('running', 'dry-shot', 'another');
  await filter.set('is:waiting is:running', [root]);
  expect(ids()).toEqual([turn, dry, 'dry-shot']);
  await filter.set('', [root]);
  expect(filter.jobsChanged(tell('completed', 'dry-shot'))).toEqual([]);
});
