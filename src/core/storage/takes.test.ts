import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { moveExclusively } from './atomicFile.ts';
import { claimTake, nextTakeNumber, scanTakes, TakeFinder } from './takes.ts';

const prefix = 'S01_S01';

test('a hundred claims at once take a hundred numbers', async () => {
  const folder = join(tempFolder(), 'Shot_01');
  const claims = Array.from({ length: 100 }, (_, index) =>
    claimTake({
      folder,
      prefix,
      number: undefined,
      sidecar: (number) => aTake({ id: `job-${index}`, number }),
    }),
  );
  const numbers = (await Promise.all(claims)).map((take) => take?.number);
  expect(numbers.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a wanted number that another file bears is refused', async () => {
  const folder = tempFolder();
  await writeFile(join(folder, 'S01_S01_take03.png'), 'somebody put it there');
  const sidecar = (number: number) => aTake({ number });
  expect(await claimTake({ folder, prefix, number: 3, sidecar })).toBeUndefined();
  expect((await claimTake({ folder, prefix, number: 2, sidecar }))?.number).toBe(2);
  expect((await claimTake({ folder, prefix, number: undefined, sidecar }))?.number).toBe(4);
});

test('a deleted take keeps its number', async () => {
  const folder = tempFolder();
  const deleted = aTake({ number: 5, deleted: '2026-01-01T00:00:00Z' });
  await writeFile(join(folder, 'S01_S01_take05.json'), JSON.stringify(deleted));
  expect(await nextTakeNumber(folder)).toBe(6);
});

test('moving never overwrites', async () => {
  const folder = tempFolder();
  const [from, to] = [join(folder, 'a.png'), join(folder, 'b.png')];
  await writeFile(from, 'new');
  await writeFile(to, 'old');
  await expect(moveExclusively(from, to)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(to, 'utf8')).toBe('old');
  expect(existsSync(from)).toBe(true);
});

test('a broken sidecar is named and hides no other', async () => {
  const folder = tempFolder();
  await writeFile(join(folder, 'S01_S01_take01.json'), JSON.stringify(aTake({ number: 1 })));
  await writeFile(join(folder, 'S01_S01_take02.json'), '{ half');
  const { takes, unreadable } = await scanTakes(folder);
  expect(takes.map(({ number }) => number)).toEqual([1]);
  expect(unreadable.map(({ name }) => name)).toEqual(['S01_S01_take02.json']);
});

test('a name that is taken by what is no take is counted past, not waited for', async () => {
  const folder = tempFolder();
  await mkdir(join(folder, 'S1_S1_take01.json'));
  const sidecar = (number: number) => aTake({ number });
  expect((await claimTake({ folder, prefix: 'S1_S1', number: undefined, sidecar }))?.number).toBe(2);
});

test('a number too high to be found again is refused', async () => {
  const folder = tempFolder();
  await writeFile(join(folder, 'S01_S01_take999999.png'), 'somebody put it there');
  const sidecar = (number: number) => aTake({ number });
  await expect(claimTake({ folder, prefix, number: undefined, sidecar })).rejects.toMatchObject({
    code: 'value-invalid',
  });
});

test('a file where the takes go is named as what it is, and stays', async () => {
  const file = join(tempFolder(), 'Shot_01');
  await writeFile(file, 'mine');
  const sidecar = (number: number) => aTake({ number });
  for (const folder of [file, join(file, 'Below')]) {
    await expect(claimTake({ folder, prefix, number: undefined, sidecar })).rejects.toMatchObject({
      code: 'folder-needed',
      data: { path: file },
    });
  }
});

test('a take is found by its job, whoever made it and whenever', async () => {
  const folder = join(tempFolder(), 'Shot_01');
  const finder = new TakeFinder();
  const claim = async (id: string) =>
    claimTake({ folder, prefix, number: undefined, sidecar: (number) => aTake({ id, number }) });
  const [first, second, other] = ['first', 'second', 'other'].map((id) => aTake({ id }).id);
  if (first === undefined || second === undefined || other === undefined) throw new Error('no ids');
  expect(await finder.find(folder, first)).toBeUndefined();
  await claim(first);
  expect((await finder.find(folder, first))?.number).toBe(1);
  await claim(second);
  expect((await finder.find(folder, second))?.number).toBe(2);
  await writeFile(join(folder, 'S01_S01_take01.json'), JSON.stringify(aTake({ id: other, number: 1 })));
  expect(await finder.find(folder, first)).toBeUndefined();
  expect((await finder.find(folder, second))?.number).toBe(2);
});
