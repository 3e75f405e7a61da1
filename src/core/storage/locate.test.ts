import fs, { mkdir, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { projectSummary } from './filmViews.ts';
import { isThere, nearestFolder, projectFolders, readFolder } from './locate.ts';

test('what no file can be is not there', async () => {
  const folder = tempFolder();
  const loop = join(folder, 'loop');
  await symlink(loop, loop);
  for (const path of [loop, join(loop, 'x'), join(folder, 'x'.repeat(300))]) {
    expect(await isThere(path)).toBe(false);
    expect(await readFolder(path)).toEqual([]);
  }
});

/** The tests may run as root, who may read everything. */
function forbid(part: string): void {
  const real = fs.access.bind(fs);
  const access = vi.spyOn(fs, 'access').mockImplementation(async (path, mode) => {
    if (!String(path).includes(part)) return real(path, mode);
    const message = `EACCES: permission denied, access '${String(path)}'`;
    throw Object.assign(new Error(message), { code: 'EACCES' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    access.mockRestore();
    syncBuiltinESMExports();
  });
}

test('a folder that may not be read is listed with its problem beside the others', async () => {
  forbid('Locked/');
  const workspace = tempFolder();
  for (const name of ['Locked', 'Open']) {
    await mkdir(join(workspace, 'Projects', name, '03_Renders'), { recursive: true });
  }
  const folders = await projectFolders(workspace);
  expect(folders.map((folder) => folder.split('/').at(-1))).toEqual(['Locked', 'Open']);
  expect((await projectSummary(folders[0] ?? '')).problem?.code).toBe('no-permission');
});

test('of a folder that is not made yet, the nearest one above that is there', async () => {
  const folder = tempFolder();
  expect(await nearestFolder(join(folder, 'one', 'two'))).toBe(folder);
  expect(await nearestFolder(folder)).toBe(folder);
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(await nearestFolder(file)).toBe(folder);
});
