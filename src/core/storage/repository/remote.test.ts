import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { Git } from '../git.ts';
import { formatJson } from '../jsonFile.ts';
import { mediaState } from '../lfs.ts';
import { commitFilm } from './commitFilm.ts';
import { downloadMedia } from './downloadMedia.ts';
import { pushFilm } from './pushFilm.ts';
import { keptFiles, restoreMedia } from './restoreMedia.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A film with a committed take of each of two shots and a picture of an asset. */
async function filmOfTakes() {
  const { root } = await testFilm({ shots: 2 });
  const takes = [];
  for (const placed of await shotsIn(root)) {
    takes.push({ placed, ...(await writeTake(root, { placed, number: 1, content: placed.address })) });
  }
  const asset = '01_Assets/Locations/Hall, old [b]/front.png';
  mkdirSync(dirname(join(root, asset)), { recursive: true });
  writeFileSync(join(root, asset), 'hall');
  await commitFilm(root, 'Takes', quiet());
  return { root, takes, asset };
}

async function pushedFilm() {
  const film = await filmOfTakes();
  const remote = bareRemote(film.root);
  await pushFilm({ root: film.root, publish: true }, quiet());
  return { ...film, remote };
}

function bareRemote(root: string): string {
  const remote = join(tempFolder(), 'remote.git');
  const branch = git(root, 'branch', '--show-current').trim();
  git('/', 'init', '--quiet', '--bare', `--initial-branch=${branch}`, remote);
  git(root, 'remote', 'add', 'origin', pathToFileURL(remote).href);
  return remote;
}

/** A clone as on another machine, with pointers in place of its media. */
function cloneOf(remote: string): string {
  const clone = join(tempFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', pathToFileURL(remote).href, clone], {
    env: { ...process.env, GIT_LFS_SKIP_SMUDGE: '1' },
    stdio: 'pipe',
  });
  git(clone, 'lfs', 'install', '--local');
  return clone;
}

async function server(answer: (response: ServerResponse) => void): Promise<string> {
  const http = createServer((_, response) => {
    answer(response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

describe('push', () => {
  test('brings commits and takes to the remote, whatever hooks the project has', async () => {
    const { root } = await filmOfTakes();
    const remote = bareRemote(root);
    const branch = git(root, 'branch', '--show-current').trim();
    writeFileSync(join(root, '.git/hooks/pre-push'), '#!/bin/sh\nexit 0\n');
    const unpublished = pushFilm({ root }, quiet());
    await expect(unpublished).rejects.toMatchObject({
      code: 'push-no-upstream',
      data: { branch, remote: 'origin' },
    });
    expect(await pushFilm({ root, publish: true }, quiet())).toEqual({ branch, remote: 'origin' });
    expect(git(remote, 'rev-parse', branch)).toBe(git(root, 'rev-parse', 'HEAD'));
    const clone = cloneOf(remote);
    git(clone, 'lfs', 'pull');
    expect(git(clone, 'lfs', 'fsck')).toContain('OK');
    writeFileSync(join(root, '02_Source_Creative/Scripts/a.md'), 'a');
    await commitFilm(root, 'More', quiet());
    await pushFilm({ root }, quiet());
    expect(git(root, 'status', '--porcelain=v2', '--branch')).toContain('# branch.ab +0 -0');
  });

  test('names what is missing: a remote, a branch', async () => {
    const { root } = await testFilm();
    await expect(pushFilm({ root }, quiet())).rejects.toMatchObject({ code: 'push-no-remote' });
    git(root, 'checkout', '--quiet', '--detach');
    await expect(pushFilm({ root }, quiet())).rejects.toMatchObject({ code: 'push-no-branch' });
  });

  test('is rejected where somebody else has pushed meanwhile', async () => {
    const { root, remote } = await pushedFilm();
    const clone = cloneOf(remote);
    git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'Theirs');
    git(clone, 'push', '--quiet');
    writeFileSync(join(root, '02_Source_Creative/Scripts/a.md'), 'a');
    await commitFilm(root, 'Ours', quiet());
    await expect(pushFilm({ root }, quiet())).rejects.toMatchObject({ code: 'push-rejected' });
  });

  test('is declined by the remote, with what it says', async () => {
    const { root, remote } = await pushedFilm();
    const hook = join(remote, 'hooks', 'pre-receive');
    writeFileSync(hook, '#!/bin/sh\necho "Locked for the premiere" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    git(root, 'commit', '--quiet', '--allow-empty', '--message', 'Ours');
    await expect(pushFilm({ root }, quiet())).rejects.toMatchObject({
      code: 'push-declined',
      data: { reason: 'Locked for the premiere' },
    });
  });

  test('does not wait for a password that nobody is asked for', async () => {
    const { root } = await filmOfTakes();
    const url = await server((response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="films"' }).end();
    });
    git(root, 'remote', 'add', 'origin', `${url}/film.git`);
    const pushing = pushFilm({ root, publish: true }, quiet());
    await expect(pushing).rejects.toMatchObject({ code: 'push-authentication' });
  });

  test('tells where there is no LFS server, before any commit is pushed', async () => {
    const { root } = await filmOfTakes();
    const remote = bareRemote(root);
    const url = await server((response) => {
      response.writeHead(404).end();
    });
    git(root, 'config', 'lfs.url', `${url}/lfs`);
    await expect(pushFilm({ root, publish: true }, quiet())).rejects.toMatchObject({ code: 'push-lfs' });
    expect(git(remote, 'for-each-ref')).toBe('');
  });

  test('tells of a remote that is not there', async () => {
    const { root } = await testFilm();
    git(root, 'remote', 'add', 'origin', pathToFileURL(join(tempFolder(), 'gone.git')).href);
    await expect(pushFilm({ root, publish: true }, quiet())).rejects.toMatchObject({
      code: 'push-unreachable',
    });
  });

  test('is cancelled while a server does not answer, and ends what it has started', async () => {
    const { root } = await filmOfTakes();
    const controller = new AbortController();
    const url = await server(() => {
      controller.abort();
    });
    git(root, 'remote', 'add', 'origin', `${url}/film.git`);
    const pushing = pushFilm({ root, publish: true }, { ...quiet(), signal: controller.signal });
    await expect(pushing).rejects.toMatchObject({ code: 'work-cancelled' });
  });
});

describe('download', () => {
  test('fetches the takes of one shot, then one take, then everything', async () => {
    const { takes, asset, remote } = await pushedFilm();
    const clone = cloneOf(remote);
    const [first, second] = takes;
    if (first === undefined || second === undefined) throw new Error('no takes');
    const state = (path: string) => mediaState(join(clone, path));
    expect(await downloadMedia({ root: clone, addresses: ['01/01/01'] }, quiet())).toBe(1);
    expect(readFileSync(join(clone, first.media), 'utf8')).toBe('01/01/01');
    expect([await state(second.media), await state(asset)]).toEqual(['pointer', 'pointer']);
    expect(await downloadMedia({ root: clone, addresses: [], takes: [second.take.id] }, quiet())).toBe(1);
    expect([await state(second.media), await state(asset)]).toEqual(['present', 'pointer']);
    expect(await downloadMedia({ root: clone, addresses: [] }, quiet())).toBe(1);
    expect(readFileSync(join(clone, asset), 'utf8')).toBe('hall');
    expect(await downloadMedia({ root: clone, addresses: [] }, quiet())).toBe(0);
    expect(git(clone, 'status', '--porcelain')).toBe('');
  });

  test('says why media do not come', async () => {
    const { remote } = await pushedFilm();
    const clone = cloneOf(remote);
    git(clone, 'config', 'lfs.url', pathToFileURL(join(tempFolder(), 'gone.git')).href);
    await expect(downloadMedia({ root: clone, addresses: [] }, quiet())).rejects.toMatchObject({
      code: 'download-failed',
    });
    git(clone, 'remote', 'remove', 'origin');
    await expect(downloadMedia({ root: clone, addresses: [] }, quiet())).rejects.toMatchObject({
      code: 'download-no-remote',
    });
  });
});

describe('download of files of takes that are gone', () => {
  test('brings them back from this machine, where there is no remote, and leaves what is staged', async () => {
    const { root, takes, asset } = await filmOfTakes();
    const [first, second] = takes;
    if (first === undefined || second === undefined) throw new Error('no takes');
    const third = await writeTake(root, { placed: first.placed, number: 2, content: 'staged' });
    git(root, 'add', third.media);
    git(root, 'rm', '--quiet', second.media);
    // A file of an asset may have been deleted on purpose.
    for (const path of [first.media, third.media, asset]) rmSync(join(root, path));
    const staged = git(root, 'diff', '--cached', '--name-status');
    expect(await downloadMedia({ root, addresses: [], takes: [first.take.id] }, quiet())).toBe(1);
    expect(existsSync(join(root, second.media))).toBe(false);
    expect(await downloadMedia({ root, addresses: [] }, quiet())).toBe(2);
    const contents = [first, second, third].map(({ media }) => readFileSync(join(root, media), 'utf8'));
    expect(contents).toEqual(['01/01/01', '01/01/02', 'staged']);
    expect(git(root, 'diff', '--cached', '--name-status')).toBe(staged);
    expect(git(root, 'diff', '--name-only', '-z')).toBe(`${asset}\0`);
    expect(await downloadMedia({ root, addresses: [] }, quiet())).toBe(0);
  });

  test.each(['--force', '--skip-smudge'])('brings them from the remote, installed with %s', async (how) => {
    const { takes, remote } = await pushedFilm();
    const clone = cloneOf(remote);
    git(clone, 'lfs', 'install', '--local', '--force', how);
    git(clone, 'lfs', 'pull');
    rmSync(join(clone, '.git/lfs/objects'), { recursive: true });
    for (const { media } of takes) rmSync(join(clone, media));
    expect(await downloadMedia({ root: clone, addresses: [] }, quiet())).toBe(2);
    expect(takes.map(({ media }) => readFileSync(join(clone, media), 'utf8'))).toEqual([
      '01/01/01',
      '01/01/02',
    ]);
    expect(git(clone, 'status', '--porcelain')).toBe('');
  });

  test('brings what is on this machine also where the remote cannot be reached', async () => {
    const { takes, remote } = await pushedFilm();
    const clone = cloneOf(remote);
    const [first, second] = takes;
    if (first === undefined || second === undefined) throw new Error('no takes');
    git(clone, 'lfs', 'pull', '--include', first.media);
    for (const { media } of takes) rmSync(join(clone, media));
    git(clone, 'config', 'lfs.url', pathToFileURL(join(tempFolder(), 'gone.git')).href);
    await expect(downloadMedia({ root: clone, addresses: [] }, quiet())).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(readFileSync(join(clone, first.media), 'utf8')).toBe('01/01/01');
    expect(existsSync(join(clone, second.media))).toBe(false);
  });

  test('names those that cannot come: never committed, deleted, or with something else in their place', async () => {
    const { root, takes } = await filmOfTakes();
    const [first, second] = takes;
    if (first === undefined || second === undefined) throw new Error('no takes');
    const lost = await writeTake(root, { placed: first.placed, number: 2 });
    for (const { media } of [first, lost, second]) rmSync(join(root, media));
    writeFileSync(
      join(root, second.sidecar),
      formatJson({ ...second.take, deleted: '2026-01-01T00:00:00Z' }),
    );
    const reason = 'the last commit does not have it.';
    await expect(downloadMedia({ root, addresses: [] }, quiet())).rejects.toMatchObject({
      code: 'download-gone',
      data: { path: lost.media, left: 1, total: 2, reason },
    });
    expect(readFileSync(join(root, first.media), 'utf8')).toBe('01/01/01');
    expect(existsSync(join(root, second.media))).toBe(false);
    rmSync(join(root, first.media));
    symlinkSync('elsewhere', join(root, first.media));
    await expect(
      downloadMedia({ root, addresses: [], takes: [first.take.id] }, quiet()),
    ).rejects.toMatchObject({ code: 'download-gone', data: { reason: 'something else lies in its place.' } });
    expect(readlinkSync(join(root, first.media))).toBe('elsewhere');
  });

  test('leaves what somebody has put in their place meanwhile', async () => {
    const { root, takes } = await filmOfTakes();
    const repository = new Git(root);
    const paths = takes.map(({ media }) => media);
    for (const path of paths) rmSync(join(root, path));
    const kept = await keptFiles(repository, paths);
    writeFileSync(join(root, paths[0] ?? ''), 'mine');
    await restoreMedia(repository, kept);
    expect(paths.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(['mine', '01/01/02']);
  });
});
