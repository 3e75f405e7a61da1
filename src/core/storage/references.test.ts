import { createHash } from 'node:crypto';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { Asset } from '../model/asset.ts';
import { RelativePath } from '../model/relativePath.ts';
import { mainReference, readReference } from './references.ts';

const folder = '01_Assets/Locations/Kitchen';
const picture = RelativePath.parse(`${folder}/a.png`);

async function aFolder(...names: readonly string[]): Promise<string> {
  const root = tempFolder();
  await mkdir(join(root, folder), { recursive: true });
  for (const name of names) await writeFile(join(root, folder, name), 'picture');
  return root;
}

function anAsset(references?: readonly string[]): Asset {
  return Asset.parse({ schemaVersion: 1, id: 'k', name: 'Kitchen', ...(references && { references }) });
}

test('the first picture by name stands in where none is named', async () => {
  const root = await aFolder('z.png', 'b.JPG', 'a.webp', '._a.png', '.b.gif', 'asset.json', 'notes.txt');
  await mkdir(join(root, folder, 'a.png'));
  await symlink('/etc/hostname', join(root, folder, 'aa.png'));
  expect(await mainReference(root, folder, anAsset())).toBe(`${folder}/b.JPG`);
});

test('what the asset names comes first, and an empty list means none', async () => {
  const root = await aFolder('a.png', 'b.png');
  expect(await mainReference(root, folder, anAsset(['b.png', 'a.png']))).toBe(`${folder}/b.png`);
  expect(await mainReference(root, folder, anAsset(['gone.png']))).toBe(`${folder}/gone.png`);
  expect(await mainReference(root, folder, anAsset([]))).toBeUndefined();
});

test('an asset without a folder has no picture', async () => {
  expect(await mainReference(tempFolder(), folder, anAsset())).toBeUndefined();
});

test('a name never leads out of the project', async () => {
  expect(Asset.safeParse({ ...anAsset(), references: ['../../x.png'] }).success).toBe(false);
  const root = await aFolder();
  await symlink('/etc/hostname', join(root, picture));
  await expect(readReference(root, picture)).rejects.toMatchObject({ code: 'path-outside' });
});

test('what was read is told by path and hash', async () => {
  const root = await aFolder('a.png');
  const { input, bytes } = await readReference(root, picture);
  expect(Buffer.from(bytes).toString()).toBe('picture');
  expect(input).toEqual({ path: picture, sha256: createHash('sha256').update('picture').digest('hex') });
});

test.each([
  ['a missing picture', undefined, 'reference-missing'],
  [
    'one that was never fetched',
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
    'reference-not-fetched',
  ],
])('%s is named with the next step', async (_, content, code) => {
  const root = await aFolder();
  if (content !== undefined) await writeFile(join(root, picture), content);
  const reading = readReference(root, picture);
  await expect(reading).rejects.toMatchObject({ code });
  await expect(reading).rejects.toThrow(picture);
});

test('a huge file is refused before it is read', async () => {
  const root = await aFolder('a.png');
  await truncate(join(root, picture), 5_000_000_000);
  const reading = readReference(root, picture);
  await expect(reading).rejects.toMatchObject({ code: 'reference-unusable' });
  await expect(reading).rejects.toThrow('5000 MB');
});
