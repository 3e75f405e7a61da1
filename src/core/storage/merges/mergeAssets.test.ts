import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { first, git, merging, projectIn, read, type Change } from '../../../../test/lib/mergingFilm.ts';
import { formatJson } from '../jsonFile.ts';
import { validateProject } from '../validate.ts';
import { fixTakes } from './fixTakes.ts';

const folder = '01_Assets/Characters/Bob';
const text = `${folder}/asset.json`;

const fix = (root: string) => fixTakes(root, { commits: true });
const problems = async (root: string) =>
  (await validateProject(root, { git: true })).map(({ code, path }) => `${code} ${path}`);

/** Adds a character Bob with files; `named` is where the manifest gets it. */
const bob =
  (id: string, files: Readonly<Record<string, string>>, isNamed = true): Change =>
  (root) => {
    mkdirSync(join(root, folder), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(root, folder, name, '..'), { recursive: true });
      writeFileSync(join(root, folder, name), content);
    }
    const references = Object.keys(files).filter((name) => name.endsWith('.png'));
    const asset = { schemaVersion: 1, id, name: 'Bob', description: id, references };
    writeFileSync(join(root, text), formatJson(asset));
    if (!isNamed) return;
    const { assets, ...project } = projectIn(root);
    const characters = [...assets.characters, { id, name: 'Bob', folder }];
    writeFileSync(join(root, 'project.json'), formatJson({ ...project, assets: { ...assets, characters } }));
  };

const pictures = { 'both.png': 'the same' };
const ours = bob('boy', { ...pictures, 'face.png': 'six', 'boy.png': 'boy' });
const theirs = bob('fisherman', { ...pictures, 'face.png': 'sixty', 'sea/net.png': 'net' });

test('of two assets of one name that of the other branch gets a name, a folder and its files', async () => {
  const root = await merging(ours, theirs);
  expect(await fix(root)).toMatchObject({
    unmerged: [],
    notes: [{ kind: 'apart', place: { what: 'asset', name: 'Bob 2' }, before: 'Bob', folder: `${folder}_2` }],
  });
  expect(projectIn(root).assets.characters).toEqual([
    { id: 'boy', name: 'Bob', folder },
    { id: 'fisherman', name: 'Bob 2', folder: `${folder}_2` },
  ]);
  expect(JSON.parse(read(root, text))).toMatchObject({ id: 'boy', name: 'Bob', description: 'boy' });
  expect(JSON.parse(read(root, `${folder}_2/asset.json`))).toMatchObject({
    ...{ id: 'fisherman', name: 'Bob 2', description: 'fisherman' },
  });
  const held = (name: string) =>
    [folder, `${folder}_2`].map((one) =>
      existsSync(join(root, one, name)) ? read(root, `${one}/${name}`) : undefined,
    );
  expect(held('both.png')).toEqual(['the same', 'the same']);
  expect(held('face.png')).toEqual(['six', 'sixty']);
  expect(held('boy.png')).toEqual(['boy', undefined]);
  expect(held('sea/net.png')).toEqual([undefined, 'net']);
  git(root, 'commit', '--quiet', '--no-edit');
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
});

test('a fix that was cut short before its texts were staged finds the files where they are', async () => {
  const root = await merging(ours, theirs);
  const stages = git(root, 'ls-files', '--unmerged', text, 'project.json');
  await fix(root);
  git(root, 'rm', '--quiet', '--cached', text, 'project.json', `${folder}_2/asset.json`);
  execFileSync('git', ['update-index', '--index-info'], { cwd: root, input: stages });
  expect(await fix(root)).toMatchObject({ unmerged: [] });
  expect(projectIn(root).assets.characters).toHaveLength(2);
  expect(read(root, `${folder}_2/sea/net.png`)).toBe('net');
  git(root, 'commit', '--quiet', '--no-edit');
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
});

test('where the manifest does not tell whose the texts are, they are left and named', async () => {
  const root = await merging(bob('boy', {}, false), bob('fisherman', {}, false));
  expect(await fix(root)).toMatchObject({ merged: [], unmerged: [{ path: text, code: 'merge-impossible' }] });
  expect(read(root, text)).toContain('<<<<<<<');
});

test('two assets that have one folder already are told', async () => {
  const root = await merging(first({ note: 'Ours' }), first({ note: 'Theirs' }));
  await bob('boy', {})(root);
  await bob('fisherman', {})(root);
  await fix(root);
  expect(await problems(root)).toEqual(['asset-folder-shared project.json']);
});
