import { expect, it } from 'vitest';
import { untranslated } from '../../providers/translate.ts';
import { editMessage } from './editMessage.ts';

const film = { root: '/films/a', name: '[a](command:workbench.action.quit)\u202e' };
const done = {
  way: 'undo',
  root: film.root,
  summary: 'Add chapter 04: [x](command:b) \u202e$& {film}',
} as const;

it('says titles and names as they are, never as links or turned round', () => {
  for (const films of [[film], [film, { root: '/films/b', name: 'B' }]])
    for (const way of ['undo', 'redo'] as const) {
      const message = editMessage(untranslated, films, { ...done, way });
      expect(message).not.toMatch(/\]\(|\u202e/);
      expect(message).toContain('[x]\u2060(command:b)');
    }
});

it('names the film where several are open', () => {
  expect(editMessage(untranslated, [film], { ...done, summary: 'S' })).toBe('Undid: S');
  const night = { root: film.root, name: 'Night Train' };
  const films = [night, { root: '/films/b', name: 'B' }];
  expect(editMessage(untranslated, films, { ...done, summary: 'S' })).toBe('Undid in "Night Train": S');
});
