import { expect, it } from 'vitest';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { untranslated } from '../../providers/translate.ts';
import { inWindow, setupReport, setupRows, setupTitle } from './setupRows.ts';

const git: DoctorCheck = { name: 'Git', ok: true, level: 'ok', detail: '2.39.5' };
const hooks: DoctorCheck = {
  name: 'LFS hooks',
  ok: false,
  level: 'failed',
  detail: 'there is no pre-push hook, so a push leaves takes behind',
  hint: 'Put it there.',
  command: 'git -C /films/a lfs update',
  root: '/films/a',
};
const checks = [git, hooks];

it('shows what is to be mended first, with its film, its sentence and its command', () => {
  expect(setupRows(checks, () => 'Night Train')).toEqual([
    {
      level: 'failed',
      label: '$(error) LFS hooks',
      description: 'Night Train · there is no pre-push hook, so a push leaves takes behind',
      detail: 'Put it there. $(terminal) git -C /films/a lfs update',
      command: 'git -C /films/a lfs update',
    },
    { level: 'ok', label: '$(pass) Git', description: '2.39.5' },
  ]);
});

it('shows names as they are, and hands the command on as it is', () => {
  const command = "git -C '/films/$(trash)' lfs update";
  const rows = setupRows([{ ...hooks, hint: 'Mend /films/$(trash).', command }], () => '$(trash)\u202e');
  expect(rows[0]).toMatchObject({
    label: '$(error) LFS hooks',
    description: expect.stringMatching(/^\$\u2060\(trash\) {2}·/) as string,
    detail: "Mend /films/$\u2060(trash). $(terminal) git -C '/films/$\u2060(trash)' lfs update",
    command,
  });
});

it('counts in its title what is to be done', () => {
  expect(setupTitle(untranslated, checks)).toBe('Set-Up: 1 to mend, 0 to look at');
  expect(setupTitle(untranslated, [git])).toBe('Set-Up: everything is in order');
});

it('can be handed on as text', () => {
  expect(setupReport(checks)).toBe(
    [
      'ok: Git: 2.39.5',
      'failed: LFS hooks (/films/a): there is no pre-push hook, so a push leaves takes behind',
      '    Put it there.',
      '    git -C /films/a lfs update',
      '',
    ].join('\n'),
  );
});

it('speaks of films in a window without one, not of folders and options', () => {
  const none: DoctorCheck = {
    name: 'Project',
    ok: true,
    level: 'skipped',
    detail: '/films is in none',
    hint: 'Go into a project, or name one with -C, to have it checked too.',
  };
  const [first, second] = inWindow(untranslated, [git, none]);
  expect(first).toBe(git);
  expect(second).toMatchObject({
    level: 'skipped',
    detail: 'No film is open',
    hint: 'Make one with "Auteur: New Project".',
  });
});
