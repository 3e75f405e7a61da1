import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { repositoryRoot } from '../../../test/lib/paths.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { readBuildContext, rememberedHashes } from './buildContext.ts';
import { sha256Of } from './sha256.ts';

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

test('a folder that stays as it is is read once, and of one that changes what has changed', async () => {
  const folder = context();
  const read: string[] = [];
  const hashOf = rememberedHashes((path) => {
    read.push(basename(path));
    return sha256Of(path);
  });
  const digest = async () => (await readBuildContext(folder, hashOf)).digest;
  // Only of a file that was written a while ago a later change is sure to show.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  const first = await digest();
  expect(await digest()).toBe(first);
  expect(read).toEqual(['Dockerfile', 'program.py']);
  writeFileSync(join(folder, 'src/program.py'), 'print(2)');
  const second = await digest();
  expect(second).not.toBe(first);
  expect(second).toBe((await readBuildContext(folder)).digest);
  expect(read.slice(2)).toEqual(['program.py']);
});
