import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { addScene, addShot } from '../../core/storage/filmEdits.ts';
import { projectSummary } from '../../core/storage/filmViews.ts';
import { untranslated } from '../../providers/translate.ts';
import { FilmDesk } from '../../runner/filmDesk.ts';
import { PlacesIn, type Place } from './placesIn.ts';

async function placesIn(roots: readonly string[], selected?: { root: string; address?: string }) {
  const lines: string[] = [];
  const films = await Promise.all(roots.map((root) => projectSummary(root)));
  const places = new PlacesIn({
    t: untranslated,
    studio: new FilmDesk({ trusted: true, edits: 'leave' }),
    projects: { list: () => Promise.resolve(films) },
    selected,
    log: (line) => lines.push(line),
  });
  return { places, lines };
}

async function labels(pieces: AsyncIterable<readonly Place[]>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(...piece.map(({ label }) => label));
  return all;
}

it('offers what can be read where a shot list is broken', async () => {
  const [broken, whole] = [await testFilm({ name: 'Broken' }), await testFilm({ name: 'Whole' })];
  const { address } = await addScene(broken.root, '02', 'Another');
  await addShot(broken.root, address, { description: 'A kettle' });
  writeFileSync(join(broken.root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json'), '{');
  const { places, lines } = await placesIn([broken.root, whole.root]);
  expect(await labels(places.shots())).toEqual(['02/02/01  A kettle', '01/01/01  Shot 1']);
  expect(lines).toEqual([expect.stringContaining('Chapter_01_Scene_01.shotlist.json') as string]);
  expect(places.leftOut).toBe(1);
});

it('offers what is near the selection first', async () => {
  const [first, second] = [await testFilm(), await testFilm({ shots: 2 })];
  await addScene(second.root, '02', 'Another');
  const near = async (address: string): Promise<PlacesIn> =>
    (await placesIn([first.root, second.root], { root: second.root, address })).places;
  const scenes = await labels((await near('02/02')).scenes());
  expect(scenes).toEqual(['02/02  Another', '01/01  A scene', '01/01  A scene']);
  const shots = await labels((await near('01/01/02')).shots());
  expect(shots).toEqual(['01/01/02  Shot 2', '01/01/01  Shot 1', '01/01/01  Shot 1']);
});

it('leaves out films of a newer build, and draws no icon from a name', async () => {
  const film = await testFilm({ name: '$(trash) \u202eA' });
  const newer = await testFilm();
  const manifest = join(newer.root, 'project.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"schemaVersion": 1', '"schemaVersion": 2'));
  const { places } = await placesIn([film.root, newer.root]);
  expect(await labels(places.films())).toEqual(['$\u2060(trash)  A']);
  expect(places.leftOut).toBe(1);
});
