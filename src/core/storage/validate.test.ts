import { readFileSync } from 'node:fs';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { newProject } from '../domain/newProject.ts';
import { AssetId } from '../model/ids.ts';
import { RelativePath } from '../model/relativePath.ts';
import { addScene, addShot } from './filmEdits.ts';
import { formatJson } from './jsonFile.ts';
import { readProject } from './projectFiles.ts';
import { validateProject } from './validate.ts';

const shotFolder = '03_Renders/Chapter_01/Scene_01/Shot_01';

/** A film with one shot and its first take. */
async function aFilm(): Promise<{ root: string; folder: string; shotId: string }> {
  const root = tempFolder();
  await mkdir(join(root, '02_Source_Creative', 'ShotLists'), { recursive: true });
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  await writeFile(join(root, 'project.json'), formatJson(project));
  await addScene(root, '01', 'Begin');
  const { id: shotId } = await addShot(root, '01/01', { description: 'Rain.' });
  const folder = join(root, shotFolder);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'S01_S01_take01.json'), formatJson(aTake({ shotId })));
  await writeFile(join(folder, 'S01_S01_take01.png'), 'png');
  return { root, folder, shotId };
}

async function codes(root: string): Promise<readonly string[]> {
  return (await validateProject(root, { git: false })).map(({ path, code }) => `${path}: ${code}`);
}

test('a whole film has no problem', async () => {
  expect(await codes((await aFilm()).root)).toEqual([]);
});

test('references of the film and its scenes that lead nowhere are told', async () => {
  const { root } = await aFilm();
  const { value } = await readProject(root);
  value.settings.style = AssetId.parse('no-style');
  const scene = value.narrative.chapters[0]?.scenes[0];
  if (scene !== undefined) {
    scene.style = AssetId.parse('no-style-either');
    scene.location = AssetId.parse('nowhere');
  }
  await writeFile(join(root, 'project.json'), formatJson(value));
  const problems = await validateProject(root, { git: false });
  expect(problems.map(({ code }) => code)).toEqual(['asset-dangling', 'asset-dangling', 'asset-dangling']);
  const said = problems.map(({ message }) => message).join();
  for (const id of ['no-style', 'no-style-either', 'nowhere']) expect(said).toContain(id);
});

test('a wardrobe that leads nowhere is told, one that is there is not', async () => {
  const { root } = await aFilm();
  const { value } = await readProject(root);
  const folder = RelativePath.parse('01_Assets/Characters/Ada');
  value.assets.characters.push({ id: AssetId.parse('ada'), name: 'Ada', folder });
  await writeFile(join(root, 'project.json'), formatJson(value));
  await mkdir(join(root, folder), { recursive: true });
  const wardrobe = [{ id: 'booth', name: 'Booth' }];
  await writeFile(
    join(root, folder, 'asset.json'),
    formatJson({ schemaVersion: 1, id: 'ada', name: 'Ada', wardrobe }),
  );
  const list = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
  const text = readFileSync(list, 'utf8');
  const wear = (worn: object) =>
    writeFile(list, text.replace('"description"', `"wardrobe": ${JSON.stringify(worn)}, "description"`));
  await wear({ ada: 'booth' });
  expect(await codes(root)).toEqual([]);
  await wear({ ada: 'beach', nobody: 'booth' });
  const problems = await validateProject(root, { git: false });
  expect(problems.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)).toEqual([
    'variant-dangling /shots/0/wardrobe/ada',
    'variant-dangling /shots/0/wardrobe/nobody',
  ]);
});

test('a sidecar of another shot, or with another number than its name, is told', async () => {
  const { root, folder, shotId } = await aFilm();
  await writeFile(join(folder, 'S01_S01_take01.json'), formatJson(aTake({ shotId: 'another' })));
  await writeFile(
    join(folder, 'S01_S01_take07.json'),
    formatJson(aTake({ number: 8, shotId, files: aTake().files })),
  );
  expect(await codes(root)).toEqual([
    `${shotFolder}/S01_S01_take01.json: shot-mismatch`,
    `${shotFolder}/S01_S01_take07.json: number-mismatch`,
  ]);
});

test('an empty shot list of another scene is told', async () => {
  const { root } = await aFilm();
  await addScene(root, '01', 'Go on');
  const path = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_02.shotlist.json');
  await writeFile(path, readFileSync(path, 'utf8').replace(/"sceneId": "[^"]*"/, '"sceneId": "another"'));
  expect((await codes(root)).join()).toContain('scene-mismatch');
});

test('a file that cannot be looked at is told, and hides no other', async () => {
  const { root, folder, shotId } = await aFilm();
  await addShot(root, '01/01', { description: 'More rain.' });
  await rename(folder, `${folder}_aside`);
  await symlink('Shot_01', folder);
  const second = join(root, '03_Renders/Chapter_01/Scene_01/Shot_02');
  await mkdir(second);
  await writeFile(join(second, 'S01_S02_take01.json'), formatJson(aTake({ shotId })));
  const found = (await codes(root)).join();
  expect(found).toContain('Shot_02');
  expect(found).toContain('shot-mismatch');
});

test('a reference picture that an asset names and that is gone is told', async () => {
  const { root } = await aFilm();
  const { value } = await readProject(root);
  const folder = RelativePath.parse('01_Assets/Locations/Kitchen');
  value.assets.locations.push({ id: AssetId.parse('k'), name: 'Kitchen', folder });
  await writeFile(join(root, 'project.json'), formatJson(value));
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, 'there.png'), 'png');
  const asset = { schemaVersion: 1, id: 'k', name: 'Kitchen', references: ['there.png', 'gone.png'] };
  await writeFile(join(root, folder, 'asset.json'), formatJson(asset));
  const problems = await validateProject(root, { git: false });
  expect(problems.map(({ path, code }) => `${path}: ${code}`)).toEqual([
    `${folder}/asset.json: reference-missing`,
  ]);
  expect(problems[0]?.message).toContain(`${folder}/gone.png`);
});
