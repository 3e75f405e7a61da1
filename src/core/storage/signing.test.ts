import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitPaths } from './commit.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const media = `${folder}/S01_S01_take01.png`;
const request = { paths: [media], media: [media], message: 'Record a take' };

/** A film whose commits are signed by a program of the user's. */
async function signedFilm(program: string): Promise<{ root: string; git: (...args: string[]) => string }> {
  const { root } = await testFilm();
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  const signer = join(root, '.git', 'sign');
  writeFileSync(signer, `#!/bin/sh\n${program}\n`);
  chmodSync(signer, 0o755);
  git('config', '--local', 'commit.gpgsign', 'true');
  git('config', '--local', 'gpg.program', signer);
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, media), 'picture');
  return { root, git };
}

test('signing that asks and gets no answer leaves the take pending, to be committed later', async () => {
  const { root, git } = await signedFilm('echo asking > .git/asked; exec sleep 300');
  const state = await commitPaths(root, request, 1000);
  expect(state).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining('the signing did not answer for 1 seconds') as string,
    hint: expect.any(String) as string,
  });
  expect(existsSync(join(root, '.git', 'asked'))).toBe(true);
  expect(existsSync(join(root, '.git', 'index.lock'))).toBe(false);
  git('config', '--local', 'commit.gpgsign', 'false');
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
});

test('signing that refuses leaves the take pending with what Git says of it', async () => {
  const { root, git } = await signedFilm('echo "gpg: signing failed: No secret key" >&2; exit 2');
  const state = await commitPaths(root, request);
  expect(state).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining('gpg failed to sign') as string,
  });
  expect(git('log', '--oneline', '--', media)).toBe('');
  git('config', '--local', 'commit.gpgsign', 'false');
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
});
