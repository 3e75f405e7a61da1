import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { insideResolver, realRoot, resolveInside } from './projectPath.ts';

function project(): string {
  const root = tempFolder();
  mkdirSync(join(root, 'folder'));
  writeFileSync(join(root, 'file'), '');
  symlinkSync('round', join(root, 'round'));
  symlinkSync(join(root, '..', 'nothing-there-yet'), join(root, 'out'));
  symlinkSync('later', join(root, 'folder', 'in'));
  return root;
}

test.each([
  'round',
  'round/a.png',
  'file/a.png',
  `folder/${'a'.repeat(300)}.png`,
  'out',
  'out/a.png',
  '../a',
  '/etc',
])('%s is refused by name', async (path) => {
  const root = project();
  const refused = { code: 'path-outside', data: { path } };
  await expect(resolveInside(root, path)).rejects.toMatchObject(refused);
  await expect((await insideResolver(root))(path)).rejects.toMatchObject(refused);
});

test.each(['folder/in', 'folder/new/a.png', 'new/new/new', 'folder', 'file'])(
  '%s is inside',
  async (path) => {
    const root = project();
    expect(await resolveInside(root, path)).toBe(join(root, path));
    expect(await (await insideResolver(root))(path)).toBe(join(root, path));
  },
);

test.each(['round', 'file/deeper', 'nothing'])('%s is no project', async (path) => {
  await expect(realRoot(join(project(), path))).rejects.toMatchObject({ code: 'not-a-project' });
});
