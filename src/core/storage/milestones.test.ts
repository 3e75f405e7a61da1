import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { setActiveTake } from './filmEdits.ts';
import { undoEdit } from './history/undo.ts';
import { formatJson } from './jsonFile.ts';
import { readMilestones } from './milestones.ts';

test('a film’s milestones are what its files hold', async () => {
  const { root } = await testFilm();
  expect(await readMilestones(root)).toEqual({ shot: true, take: false, activeTake: false });
  const folder = join(root, '03_Renders/Chapter_01/Scene_01/Shot_01');
  mkdirSync(folder, { recursive: true });
  const take = aTake();
  writeFileSync(join(folder, 'S01_S01_take01.json'), formatJson(take));
  expect(await readMilestones(root)).toEqual({ shot: true, take: true, activeTake: false });
  await setActiveTake(root, '01/01/01', take.id);
  expect(await readMilestones(root)).toEqual({ shot: true, take: true, activeTake: true });
  await undoEdit(root, () => Promise.resolve(false));
  expect(await readMilestones(root)).toMatchObject({ activeTake: false });
});

test('a scene without a shot is not written yet', async () => {
  const { root } = await testFilm({ shots: 0 });
  expect(await readMilestones(root)).toEqual({ shot: false, take: false, activeTake: false });
});
