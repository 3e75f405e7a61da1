import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFilm } from '../../test/lib/testFilm.ts';
import type { JobRequest } from '../core/model/job.ts';
import { Project } from '../core/model/project.ts';
import { formatJson } from '../core/storage/jsonFile.ts';
import { jobRequests } from './jobRequests.ts';

const kitchen = '01_Assets/Locations/Kitchen';
const mia = '01_Assets/Characters/Mia';

/** A film whose one shot shows Mia in the kitchen. */
async function aFilm(): Promise<string> {
  const { root } = await testFilm();
  const manifest = join(root, 'project.json');
  const project = Project.parse(JSON.parse(await readFile(manifest, 'utf8')));
  const assets = {
    characters: [{ id: 'm', name: 'Mia', folder: mia }],
    locations: [{ id: 'k', name: 'Kitchen', folder: kitchen }],
  };
  await writeFile(manifest, formatJson({ ...project, assets: { ...project.assets, ...assets } }));
  const list = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
  const text = await readFile(list, 'utf8');
  await writeFile(list, text.replace('"size": "MS"', '"size": "MS", "location": "k", "characters": ["m"]'));
  for (const folder of [kitchen, mia]) await mkdir(join(root, folder), { recursive: true });
  return root;
}

async function onlyJob(root: string): Promise<JobRequest> {
  const pipeline = { id: 'storyboard', kind: 'storyboard', version: '1' } as const;
  const [job] = await jobRequests({ root, addresses: [] }, () => ({ pipeline }));
  if (job === undefined) throw new Error('a film with a shot has a job');
  return job;
}

test('a job names the reference pictures of its location and characters', async () => {
  const root = await aFilm();
  expect((await onlyJob(root)).panel.backdrop).toBeUndefined();
  await writeFile(join(root, kitchen, 'kitchen.jpg'), 'jpeg');
  await writeFile(join(root, mia, 'b.png'), 'png');
  await writeFile(join(root, mia, 'a.png'), 'png');
  const named = { schemaVersion: 1, id: 'm', name: 'Mia', references: ['b.png', 'a.png'] };
  await writeFile(join(root, mia, 'asset.json'), formatJson(named));
  const { panel } = await onlyJob(root);
  expect(panel.backdrop).toBe(`${kitchen}/kitchen.jpg`);
  expect(panel.characters.map(({ reference }) => reference)).toEqual([`${mia}/b.png`]);
});

test('every take is a job of its own, take by take, and each shot is looked up once', async () => {
  const { root } = await testFilm({ shots: 2 });
  const pipeline = { id: 'storyboard', kind: 'storyboard', version: '1' } as const;
  const request = { root, addresses: [], takes: 3, seed: 2 ** 32 - 2 };
  const jobs = await jobRequests(request, () => ({ pipeline }));
  expect(jobs.map(({ address, seed }) => [address, seed])).toEqual([
    ['01/01/01', 2 ** 32 - 2],
    ['01/01/02', 2 ** 32 - 2],
    ['01/01/01', 2 ** 32 - 1],
    ['01/01/02', 2 ** 32 - 1],
    ['01/01/01', 0],
    ['01/01/02', 0],
  ]);
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(6);
  expect(new Set(jobs.map(({ panel }) => panel)).size).toBe(2);
});
