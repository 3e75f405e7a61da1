import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aVisit, type Visit } from '../../../test/lib/doctorVisit.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { wrappedProgram } from '../../../test/lib/wrappedProgram.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the repository', () => {
  test('around a project is not taken for its own', async () => {
    const visit = await aVisit();
    rmSync(join(visit.root, '.git'), { recursive: true });
    execFileSync('git', ['init', '--quiet', join(visit.root, '..')]);
    expect(await visit.troubles()).toEqual(['Repository: failed']);
    await visit.mend('Repository');
    expect(await visit.troubles()).toEqual([]);
  });

  test('of another user', async () => {
    const visit = await aVisit();
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(tempFolder(), 'gitconfig'));
    const folder = wrappedProgram(tempFolder(), 'git', 'export GIT_TEST_ASSUME_DIFFERENT_OWNER=1');
    vi.stubEnv('PATH', folder + delimiter + (process.env['PATH'] ?? ''));
    const { detail } = await visit.check('Repository');
    expect(detail).toContain('another user');
    await visit.mend('Repository');
  });

  test('in the middle of a merge', async () => {
    const visit = await aVisit();
    const write = (text: string) => {
      writeFileSync(join(visit.root, 'notes.md'), text);
      visit.git('add', 'notes.md');
      visit.git('commit', '--quiet', '--message', text);
    };
    visit.git('checkout', '--quiet', '-b', 'other');
    write('theirs');
    visit.git('checkout', '--quiet', '-');
    write('ours');
    expect(() => {
      visit.git('merge', 'other');
    }).toThrow();
    expect(await visit.troubles()).toEqual(['Merge or rebase: warning']);
    expect((await visit.check('Merge or rebase')).hint).toContain('git merge --abort');
  });

  test('with a lock that a killed Git has left, and with one of a Git at work', async () => {
    const visit = await aVisit();
    const lock = join(visit.root, '.git/index.lock');
    writeFileSync(lock, '');
    expect(await visit.troubles()).toEqual(['Index lock: warning']);
    const anHourAgo = Date.now() / 1000 - 3600;
    utimesSync(lock, anHourAgo, anHourAgo);
    expect(await visit.troubles()).toEqual(['Index lock: failed']);
    expect((await visit.check('Index lock')).detail).toContain('60 minutes');
    await visit.mend('Index lock');
  });
});

describe('the filters of Git LFS', () => {
  test.each(['clean', 'smudge', 'process', 'required'])('%s that is not set', async (key) => {
    const visit = await aVisit();
    visit.git('config', '--unset', `filter.lfs.${key}`);
    expect(await visit.troubles()).toEqual(['LFS filters: failed']);
    await visit.mend('LFS filters');
  });

  test('none set at all, as in a clone where Git LFS was never installed', async () => {
    const visit = await aVisit();
    visit.git('config', '--remove-section', 'filter.lfs');
    expect(await visit.troubles()).toEqual(['LFS filters: failed']);
    await visit.mend('LFS filters');
  });

  test('another program in their place, which is not run', async () => {
    const visit = await aVisit();
    const canary = join(tempFolder(), 'canary');
    visit.git('config', 'filter.lfs.clean', `touch '${canary}'; cat`);
    const { level, detail } = await visit.check('LFS filters');
    expect([level, detail]).toEqual(['failed', expect.stringContaining('touch')]);
    expect(() => readFileSync(canary)).toThrow();
    await visit.mend('LFS filters');
  });

  test('set to leave pointers where they are', async () => {
    const visit = await aVisit();
    visit.git('lfs', 'install', '--local', '--skip-repo', '--skip-smudge', '--force');
    expect(await visit.troubles()).toEqual(['LFS filters: warning']);
  });
});

describe('the attributes', () => {
  const attributes = '.gitattributes';

  test('of a file that is gone', async () => {
    const visit = await aVisit();
    visit.git('rm', '--quiet', attributes);
    expect(await visit.troubles()).toEqual(['LFS attributes: failed']);
    expect((await visit.check('LFS attributes')).detail).toMatch(/\*\.png, .* more types/);
    await visit.mend('LFS attributes');
  });

  test.each([
    ['[mM][oO][vV]', 'failed'],
    ['[oO][bB][jJ]', 'warning'],
  ])('without %s: %s', async (pattern, level) => {
    const visit = await aVisit();
    const path = join(visit.root, attributes);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, lines.filter((line) => !line.startsWith(`*.${pattern} `)).join('\n'));
    expect(await visit.troubles()).toEqual([`LFS attributes: ${level}`]);
    await visit.mend('LFS attributes');
  });

  test('of a folder of takes that overrides them', async () => {
    const visit = await aVisit();
    writeFileSync(join(visit.root, '03_Renders', attributes), '*.png -filter\n');
    expect((await visit.check('LFS attributes')).detail).toBe(`${attributes} does not send *.png to Git LFS`);
  });
});

describe('the hooks', () => {
  const hook = ({ root }: Visit, name: string) => join(root, '.git/hooks', name);

  test('kept in a folder of the user, which holds none of Git LFS', async () => {
    const visit = await aVisit();
    const folder = tempFolder();
    visit.git('config', 'core.hooksPath', folder);
    expect(await visit.troubles()).toEqual(['LFS hooks: failed']);
    expect((await visit.check('LFS hooks')).detail).toContain(`core.hooksPath is ${folder}`);
    await visit.mend('LFS hooks');
  });

  test('that do not call Git LFS, or only in a comment', async () => {
    const visit = await aVisit();
    writeFileSync(hook(visit, 'pre-push'), '#!/bin/sh\n# git lfs pre-push "$@"\nexit 0\n');
    expect(await visit.troubles()).toEqual(['LFS hooks: failed']);
    await visit.mend('LFS hooks');
  });

  test('that are not executable', async () => {
    const visit = await aVisit();
    chmodSync(hook(visit, 'pre-push'), 0o644);
    expect(await visit.troubles()).toEqual(['LFS hooks: failed']);
    await visit.mend('LFS hooks');
  });

  test('beside the one that uploads', async () => {
    const visit = await aVisit();
    rmSync(hook(visit, 'post-merge'));
    expect(await visit.troubles()).toEqual(['LFS hooks: warning']);
    await visit.mend('LFS hooks');
  });
});

test('outputs that could not be recorded', async () => {
  const visit = await aVisit();
  mkdirSync(join(visit.root, '.auteur/outbox/job.1.unusable'), { recursive: true });
  mkdirSync(join(visit.root, '.auteur/outbox/job.2'));
  expect(await visit.troubles()).toEqual(['Outputs not recorded: warning']);
  expect((await visit.check('Outputs not recorded')).detail).toContain('1 output ');
});
