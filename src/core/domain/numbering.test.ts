import { expect, test } from 'vitest';
import { parseTakeFileName, shotFolder, shotListPath, takeMediaNames, takePrefix } from './numbering.ts';

test('names of takes and folders are as on the slate', () => {
  expect(shotFolder(1, 2, 3)).toBe('03_Renders/Chapter_01/Scene_02/Shot_03');
  expect(shotListPath(1, 12)).toBe('02_Source_Creative/ShotLists/Chapter_01_Scene_12.shotlist.json');
  expect(takeMediaNames('S02_S03', 7, ['png', 'exr'])).toEqual([
    'S02_S03_take07.png',
    'S02_S03_take07_b.exr',
  ]);
  expect(takeMediaNames('S02_S03', 100, ['png'])).toEqual(['S02_S03_take100.png']);
});

test('the prefix stays with the folder when a shot moves to another scene', () => {
  expect(takePrefix('03_Renders/Chapter_01/Scene_02/Shot_03', { scene: 9, shot: 9 })).toBe('S02_S03');
  expect(takePrefix('03_Renders/elsewhere', { scene: 9, shot: 10 })).toBe('S09_S10');
});

test('the prefix has two digits whatever the folder says, so that its takes are found again', () => {
  const prefix = takePrefix('03_Renders/Scene_1/Shot_2', { scene: 9, shot: 9 });
  expect(prefix).toBe('S01_S02');
  expect(parseTakeFileName(`${prefix}_take01.json`)?.number).toBe(1);
});

test.each([
  ['S01_S02_take03.png', 3],
  ['S01_S02_take100.json', 100],
  ['S01_S02_take04_b.exr', 4],
])('%s is take %d', (name, number) => {
  expect(parseTakeFileName(name)?.number).toBe(number);
});

test.each(['take01.png', 'S01_S02_take.png', 'S01_S02_take1.png', '.S01_S02_take01.png', 'S01_S02_take01'])(
  '%s is no take',
  (name) => {
    expect(parseTakeFileName(name)).toBeUndefined();
  },
);
