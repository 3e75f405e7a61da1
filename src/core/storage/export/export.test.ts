import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { setActiveTake } from '../filmEdits.ts';
import { editFilm } from '../edits/editFilm.ts';
import { planEdit } from '../edits/planEdit.ts';
import { exportCsv } from './exportCsv.ts';
import { exportFrames } from './exportFrames.ts';

async function film(shots: number) {
  const root = await textFilm({ shots });
  return { root, shots: await shotsIn(root) };
}

async function set(root: string, address: string, values: Record<string, string | number>): Promise<void> {
  const request = { kind: 'set' as const, addresses: [address], values };
  await editFilm(root, (draft) => planEdit(draft, request, async () => false));
}

test('frames are the active takes, else the latest, in film order', async () => {
  const { root, shots } = await film(3);
  const [first, , third] = shots;
  if (first === undefined || third === undefined) throw new Error('no shots');
  const chosen = await writeTake(root, { placed: first, number: 1, content: 'chosen' });
  await writeTake(root, { placed: first, number: 2 });
  await writeTake(root, { placed: third, number: 7, content: 'latest' });
  await setActiveTake(root, first.address, chosen.take.id);
  const { path, frames, without } = await exportFrames(root, quiet());
  expect(readdirSync(path)).toEqual(['0001_01-01-01_take01.png', '0002_01-01-03_take07.png']);
  expect(readFileSync(join(path, '0001_01-01-01_take01.png'), 'utf8')).toBe('chosen');
  expect(readFileSync(join(path, '0002_01-01-03_take07.png'), 'utf8')).toBe('latest');
  expect({ frames, without }).toEqual({ frames: 2, without: ['01/01/02'] });
  const again = await exportFrames(root, quiet());
  expect(again.path).not.toBe(path);
  expect(readdirSync(join(root, '06_Exports'))).toEqual(
    [path, again.path].map((one) => basename(one)).sort(),
  );
});

test('a take that was not downloaded stops the export, by its shot, before anything is copied', async () => {
  const { root, shots } = await film(2);
  for (const placed of shots) await writeTake(root, { placed, number: 1 });
  const [, second] = shots;
  if (second === undefined) throw new Error('no shot');
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n';
  writeFileSync(join(root, second.shot.folder, 'S01_S02_take01.png'), pointer);
  await expect(exportFrames(root, quiet())).rejects.toMatchObject({
    code: 'export-media',
    data: { address: '01/01/02', number: 1, state: 'not downloaded' },
  });
  rmSync(join(root, second.shot.folder, 'S01_S02_take01.png'));
  await expect(exportFrames(root, quiet())).rejects.toMatchObject({ data: { state: 'missing' } });
});

test('media of another size than was recorded stop the export, chosen or latest', async () => {
  const { root, shots } = await film(1);
  const [placed] = shots;
  if (placed === undefined) throw new Error('no shot');
  const { take, media } = await writeTake(root, { placed, number: 1, content: 'picture' });
  writeFileSync(join(root, media), '');
  const refusal = {
    code: 'export-media-changed',
    message:
      'Take 1 of shot 01/01/01 has 0 bytes instead of the 7 that were recorded, so nothing was exported.',
    hint: expect.stringContaining(media) as string,
  };
  await expect(exportFrames(root, quiet())).rejects.toMatchObject(refusal);
  await setActiveTake(root, placed.address, take.id);
  await expect(exportFrames(root, quiet())).rejects.toMatchObject(refusal);
  expect(existsSync(join(root, '06_Exports'))).toBe(false);
});

test.each<[what: string, spoil: (sidecar: string) => void, reason: string]>([
  [
    'cannot be read',
    (sidecar) => {
      writeFileSync(sidecar, '{');
    },
    'S01_S01_take01.json cannot be read: ',
  ],
  [
    'was deleted on another branch',
    (sidecar) => {
      const take = JSON.parse(readFileSync(sidecar, 'utf8')) as object;
      writeFileSync(sidecar, JSON.stringify({ ...take, deleted: new Date().toISOString() }));
    },
    'take 1 was deleted',
  ],
  ['is gone', rmSync, 'no take in its folder has the id '],
])('where the active take %s, no other one is exported in its stead', async (_, spoil, reason) => {
  const { root, shots } = await film(1);
  const [placed] = shots;
  if (placed === undefined) throw new Error('no shot');
  const { take, sidecar } = await writeTake(root, { placed, number: 1 });
  await writeTake(root, { placed, number: 2 });
  await setActiveTake(root, placed.address, take.id);
  spoil(join(root, sidecar));
  await expect(exportFrames(root, quiet())).rejects.toMatchObject({
    code: 'export-active-take',
    data: { address: '01/01/01', reason: expect.stringContaining(reason) as string },
  });
  expect(existsSync(join(root, '06_Exports'))).toBe(false);
  const { path } = await exportCsv(root, quiet());
  expect(readFileSync(path, 'utf8')).toContain(',1,not there,');
});

test('a shot whose folder leads out is named, and nothing is read there', async () => {
  const { root, shots } = await film(1);
  const outside = tempFolder();
  symlinkSync(outside, join(root, '03_Renders'));
  await expect(exportFrames(root, quiet())).rejects.toMatchObject({
    code: 'shot-unreadable',
    data: { address: shots[0]?.address ?? '' },
  });
});

test('an export that is cancelled leaves nothing', async () => {
  const { root, shots } = await film(20);
  for (const placed of shots) await writeTake(root, { placed, number: 1 });
  const controller = new AbortController();
  const watch = {
    signal: controller.signal,
    tell: ({ step }: { step: string }) => {
      if (step === 'copying') controller.abort();
    },
  };
  await expect(exportFrames(root, watch)).rejects.toMatchObject({ code: 'work-cancelled' });
  expect(readdirSync(join(root, '06_Exports'))).toEqual([]);
});

test('the shot list is a row for each shot, with what was decided about its take', async () => {
  const { root, shots } = await film(2);
  const [first] = shots;
  if (first === undefined) throw new Error('no shot');
  await set(root, '01/01', { setting: 'INT', timeOfDay: 'night' });
  await set(root, '01/01/01', {
    lens: 35,
    duration: 2.5,
    dialogue: '=HYPERLINK("x")',
    description: 'Ünder, "rain"',
  });
  const { take } = await writeTake(root, { placed: first, number: 4 });
  await setActiveTake(root, first.address, take.id);
  const { path, shots: count } = await exportCsv(root, quiet());
  const [head = '', row = '', second = ''] = readFileSync(path, 'utf8').split('\r\n');
  expect(count).toBe(2);
  expect(head.startsWith('\uFEFFScene,Shot,Address,')).toBe(true);
  expect(row).toBe(
    `01,01,01/01/01,A scene,"Ünder, ""rain""",MS,,,35,2.5,,,INT,night,"'=HYPERLINK(""x"")",1,4,,,,`,
  );
  expect(second).toBe('01,02,01/01/02,A scene,Shot 2,MS,,,,,,,INT,night,,0,,,,,');
});

test('a file where the exports go is named as what it is, and stays', async () => {
  const { root } = await film(1);
  const exports = join(root, '06_Exports');
  writeFileSync(exports, 'mine');
  await expect(exportCsv(root, quiet())).rejects.toMatchObject({
    code: 'folder-needed',
    message: expect.stringContaining(`${exports} is no folder`) as string,
  });
  expect(readFileSync(exports, 'utf8')).toBe('mine');
});
