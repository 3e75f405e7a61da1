import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { addScene, addShot, setActiveTake } from './filmEdits.ts';
import { undoEdit } from './history/undo.ts';
import { formatJson } from './jsonFile.ts';
import { readMilestones } from './milestones.ts';

test('a film’s milestones are what its files hold', async () => {
  const { root } = await testFilm();
  expect(await readMilestones(root)).toEqual({ shot: true, take: false, activeTake: false, unread: [] });
  const folder = join(root, '03_Renders/Chapter_01/Scene_01/Shot_01');
  mkdirSync(folder, { recursive: true });
  const take = aTake();
  writeFileSync(join(folder, 'S01_S01_take01.json'), formatJson(take));
  expect(await readMilestones(root)).toEqual({ shot: true, take: true, activeTake: false, unread: [] });
  await setActiveTake(root, '01/01/01', take.id);
  expect(await readMilestones(root)).toEqual({ shot: true, take: true, activeTake: true, unread: [] });
  await undoEdit(root, () => Promise.resolve(false));
  expect(await readMilestones(root)).toMatchObject({ activeTake: false });
});

test('a scene without a shot is not written yet', async () => {
  const { root } = await testFilm({ shots: 0 });
  expect(await readMilestones(root)).toEqual({ shot: false, take: false, activeTake: false, unread: [] });
});

test('a broken shot list and a shot folder that leads out hide nothing else', async () => {
  const { root } = await testFilm();
  const { address } = await addScene(root, '02', 'Another');
  await addShot(root, address, { description: 'A kettle' });
  writeFileSync(join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json'), '{');
  const chapter = join(root, '03_Renders/Chapter_02');
  mkdirSync(join(root, '03_Renders'), { recursive: true });
  symlinkSync(tempFolder(), chapter);
  const { unread, ...found } = await readMilestones(root);
  expect(found).toEqual({ shot: true, take: false, activeTake: false });
  expect(unread.map(({ code }) => code)).toEqual(['file-unreadable', 'path-outside']);
});
