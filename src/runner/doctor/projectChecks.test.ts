import { chmodSync, globSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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
    expect(await visit.troubles()).toEqual(['LFS filters: failed', 'LFS hooks: failed']);
    await visit.mend('LFS filters');
    await visit.mend('LFS hooks');
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
    expect(await visit.check('Merge or rebase')).toMatchObject({
      hint: expect.stringMatching(/auteur validate --fix.*git merge --abort/) as string,
      command: expect.stringMatching(/^auteur -C .* validate --fix$/) as string,
    });
    visit.git('add', 'notes.md');
    expect((await visit.check('Merge or rebase')).hint).toContain('git merge --continue');
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

  test.each([
    ['clean', 'git-lfs clean %f'],
    ['smudge', 'git-lfs smudge --skip %f'],
    ['process', '/opt/tools/git-lfs filter-process'],
    ['required', 'false'],
  ])('%s that is nearly right, which a commit refuses too', async (key, value) => {
    const visit = await aVisit();
    visit.git('config', `filter.lfs.${key}`, value);
    expect(await visit.troubles()).toEqual(['LFS filters: failed']);
    await visit.mend('LFS filters');
  });

  test('of a Git LFS that the user keeps elsewhere, which a commit takes', async () => {
    const visit = await aVisit();
    visit.git('config', '--unset', 'filter.lfs.process');
    const global = join(tempFolder(), 'gitconfig');
    vi.stubEnv('GIT_CONFIG_GLOBAL', global);
    visit.git('config', '--global', 'filter.lfs.process', '/opt/tools/git-lfs filter-process');
    expect(await visit.troubles()).toEqual([]);
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

  test('switched off, which no command of ours turns on again', async () => {
    const visit = await aVisit();
    visit.git('config', 'core.hooksPath', '/dev/null');
    const { level, hint, command } = await visit.check('LFS hooks');
    expect([level, command]).toEqual(['failed', undefined]);
    expect(hint).toContain('core.hooksPath');
  });

  test.each([
    ['a comment', '#!/bin/sh\n# git lfs pre-push "$@"\ntrue # git lfs pre-push\n'],
    ['a message', '#!/bin/sh\necho "now git lfs pre-push"\n'],
    ['a line after its end', '#!/bin/sh\ncat > /dev/null\nexit 0\n\ngit lfs pre-push "$@"\n'],
    ['a line after another program took over', '#!/bin/sh\nexec ./check\ngit lfs pre-push "$@"\n'],
    ['nothing', '#!/usr/bin/env python3\nprint("ok")\n'],
  ])('that have the call in %s are for their owner to mend', async (_, text) => {
    const visit = await aVisit();
    writeFileSync(hook(visit, 'pre-push'), text);
    expect(await visit.troubles()).toEqual(['LFS hooks: failed']);
    const { hint, command } = await visit.check('LFS hooks');
    expect(hint).toContain('first command of a shell script: git lfs pre-push "$@"');
    expect(hint).toContain('standard input');
    expect(command).toBeUndefined();
  });

  test.each([
    '#!/bin/sh\ngit lfs pre-push "$@" || exit\nnpm test\nexit 0\n',
    '#!/bin/sh\nif [ $# -gt 0 ]; then\n  exit 1\nfi\nexec git-lfs pre-push "$@"\n',
    '#!/usr/bin/env python3\nimport subprocess, sys\nsubprocess.run(["git", "lfs", "pre-push", *sys.argv[1:]])\n',
  ])('of the user that call Git LFS: %j', async (text) => {
    const visit = await aVisit();
    writeFileSync(hook(visit, 'pre-push'), text);
    expect(await visit.check('LFS hooks')).toMatchObject({
      level: 'ok',
      detail: 'the pre-push hook calls Git LFS',
    });
  });

  test('that is missing beside one of the user, which Git LFS would not touch', async () => {
    const visit = await aVisit();
    rmSync(hook(visit, 'pre-push'));
    writeFileSync(hook(visit, 'post-commit'), '#!/bin/sh\ndate\ngit lfs post-commit "$@"\n');
    const { level, hint, command } = await visit.check('LFS hooks');
    expect([level, command]).toEqual(['failed', undefined]);
    expect(hint).toContain('git lfs pre-push "$@"');
  });

  test('that is a pipe, or a folder, is not waited for', async () => {
    const visit = await aVisit();
    rmSync(hook(visit, 'pre-push'));
    execFileSync('mkfifo', ['-m', '755', hook(visit, 'pre-push')]);
    expect((await visit.check('LFS hooks')).detail).toContain('is no file');
    rmSync(hook(visit, 'pre-push'));
    mkdirSync(hook(visit, 'pre-push'));
    expect(await visit.check('LFS hooks')).toMatchObject({ level: 'failed' });
  });

  test('are well where a push brings a take to the remote, and not where it does not', async () => {
    const visit = await aVisit();
    const pushed = async (): Promise<readonly [level: string, objects: number]> => {
      const remote = tempFolder();
      execFileSync('git', ['init', '--quiet', '--bare', remote]);
      visit.git('push', '--quiet', `file://${remote}`, 'HEAD:refs/heads/main');
      const objects = globSync(join(remote, 'lfs/objects/*/*/*')).length;
      return [(await visit.check('LFS hooks')).level, objects];
    };
    writeFileSync(join(visit.root, 'take.mov'), 'a take');
    visit.git('add', 'take.mov');
    visit.git('commit', '--quiet', '--message', 'Record a take');
    expect(await pushed()).toEqual(['ok', 1]);

    rmSync(hook(visit, 'pre-push'));
    expect(await pushed()).toEqual(['failed', 0]);
    await visit.mend('LFS hooks');
    expect(await pushed()).toEqual(['ok', 1]);

    const own = (lines: string) => {
      writeFileSync(hook(visit, 'pre-push'), `#!/bin/sh\n${lines}\n`);
    };
    own('cat > /dev/null\nexit 0\ngit lfs pre-push "$@"');
    expect(await pushed()).toEqual(['failed', 0]);
    own('git lfs pre-push "$@" || exit\nexit 0');
    expect(await pushed()).toEqual(['ok', 1]);
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

test('a folder whose name would press keys, or show as another, is mended by what is printed', async () => {
  const visit = await aVisit('a\u0003b\nc\u202ed\u200f \'e\' "f" $(g)');
  visit.git('config', '--unset', 'filter.lfs.clean');
  rmSync(join(visit.root, '.git/hooks/pre-push'));
  writeFileSync(join(visit.root, '.git/index.lock'), '');
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(join(visit.root, '.git/index.lock'), anHourAgo, anHourAgo);
  const troubles = await visit.troubles();
  expect(troubles).toEqual(['Index lock: failed', 'LFS filters: failed', 'LFS hooks: failed']);
  for (const name of ['Index lock', 'LFS filters', 'LFS hooks']) await visit.mend(name);
});
