import { expect, test } from 'vitest';
import { untranslated as t } from '../translate.ts';
import { detectedTasks } from './detectedTasks.ts';
import { readFilmTask } from './filmTask.ts';

const film = { root: '/studio/Projects/Tide', name: 'Tide', chapters: 1, scenes: 1, readOnly: false };

test('every film has tasks that can be run as they are', () => {
  const found = detectedTasks(t, film, '/studio');
  expect(found.map(({ label }) => label)).toEqual([
    'Generate missing takes: Tide',
    'Regenerate stale: Tide',
    'Export frames: Tide',
  ]);
  for (const { definition } of found)
    expect(readFilmTask(definition)).toMatchObject({ project: 'Projects/Tide' });
});

test('but one that cannot be read or written', () => {
  expect(detectedTasks(t, { ...film, readOnly: true }, '/studio')).toEqual([]);
  const problem = { code: 'file-unreadable', message: 'It is broken.' };
  expect(detectedTasks(t, { ...film, problem }, '/studio')).toEqual([]);
});

test('no name of a film becomes an icon, or turns the line', () => {
  const [first] = detectedTasks(t, { ...film, name: '$(trash) \u202Egro' }, '/studio');
  expect(first?.label).not.toMatch(/\$\(|\u202E/);
});
