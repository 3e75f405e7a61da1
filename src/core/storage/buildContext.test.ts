import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../../test/lib/paths.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { readBuildContext } from './buildContext.ts';

function context(): string {
  const folder = join(tempFolder(), 'mine');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch');
  writeFileSync(join(folder, 'src/program.py'), 'print()');
  return folder;
}

test('what an image is built from is known by its files, their contents and what may be run', async () => {
  const folder = context();
  const first = await readBuildContext(folder);
  expect(first.files).toEqual(['Dockerfile', 'src/program.py']);
  const digests = new Set([first.digest]);
  const changes = [
    () => writeFileSync(join(folder, 'src/program.py'), 'print(1)'),
    () => chmodSync(join(folder, 'src/program.py'), 0o755),
    () => writeFileSync(join(folder, 'src/other.py'), ''),
    () => symlinkSync('/etc/passwd', join(folder, 'link')),
  ];
  for (const change of changes) {
    change();
    digests.add((await readBuildContext(folder)).digest);
  }
  expect(digests.size).toBe(5);
  mkdirSync(join(folder, 'src/__pycache__'));
  writeFileSync(join(folder, 'src/__pycache__/program.pyc'), '');
  expect(digests).toContain((await readBuildContext(folder)).digest);
});

test('what comes with Auteur can be built from', async () => {
  const { files } = await readBuildContext(join(repositoryRoot, 'pipelines/flux'));
  expect(files).toEqual(
    expect.arrayContaining(['Dockerfile', 'auteur_flux/__main__.py', 'requirements.txt']),
  );
});

test('a folder that is a link, has no Dockerfile or is not there is none to build from', async () => {
  const folder = context();
  symlinkSync(folder, `${folder}-link`);
  await expect(readBuildContext(`${folder}-link`)).rejects.toMatchObject({ code: 'file-unreadable' });
  rmSync(join(folder, 'Dockerfile'));
  await expect(readBuildContext(folder)).rejects.toThrow(/no Dockerfile/);
  await expect(readBuildContext(`${folder}-gone`)).rejects.toThrow(/no folder/);
});
