import { describe, expect, test } from 'vitest';
import { filmOfTask, projectInTask } from './filmOfTask.ts';

const folder = '/studio';
const train = { root: '/studio/Projects/Night_Train', name: 'Night Train' };
const tide = { root: '/studio/Projects/Tide', name: 'Tide' };
const far = { root: '/other/Tide_2', name: 'Tide' };

describe('the film of a task', () => {
  test.each([
    ['its folder from the workspace folder', 'Projects/Tide', tide],
    ['its whole path', '/other/Tide_2', far],
    ['its name', 'Night Train', train],
    ['its name in other letters', 'night train', train],
    ['the name of its folder', 'Night_Train', train],
  ])('is named by %s', (_how, project, film) => {
    expect(filmOfTask([train, tide, far], { project, folder })).toBe(film);
  });

  test('need not be named where the folder is one, or holds one, or there is but one', () => {
    const unnamed = { project: undefined, folder };
    expect(filmOfTask([train, tide], { ...unnamed, folder: tide.root })).toBe(tide);
    expect(filmOfTask([train, far], unnamed)).toBe(train);
    expect(filmOfTask([far], unnamed)).toBe(far);
    expect(filmOfTask([far], { project: undefined, folder: undefined })).toBe(far);
  });

  test.each([
    ['task-film-unclear', [train, tide], undefined],
    ['task-film-unclear', [tide, far], 'Tide'],
    ['task-film-unknown', [train], '../elsewhere'],
    ['task-film-unknown', [train], '/etc'],
    ['film-missing', [], undefined],
  ])('is refused with %s', (code, films, project) => {
    expect(() => filmOfTask(films, { project, folder })).toThrow(expect.objectContaining({ code }));
  });
});

test('a task found in a film names it so that it is found again', () => {
  for (const film of [train, tide, far])
    for (const place of [folder, film.root, '/other', undefined]) {
      const project = projectInTask(film, place);
      expect(filmOfTask([train, tide, far], { project, folder: place })).toBe(film);
    }
  expect(projectInTask(train, folder)).toBe('Projects/Night_Train');
  expect(projectInTask(train, train.root)).toBeUndefined();
});
