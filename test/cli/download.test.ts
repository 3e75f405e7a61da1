import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { mediaFile } from '../lib/importFiles.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, start, type Place } from './auteur.ts';

const portrait = '01_Assets/Characters/Ada/portrait.png';
let home: TestHome;
let remote: string;
let take: string;

/** Two shots with a take each and a character with a picture, at a remote. */
beforeAll(async () => {
  home = await createTestHome();
  const film = await makeFilm(home, 2);
  await auteur(film, 'generate', '--all', '--quality', 'low');
  await auteur(film, 'asset', 'add', 'character', 'Ada');
  await auteur(film, 'asset', 'import', 'Ada', mediaFile(home.workspace, 'portrait.png'));
  take =
    (await git(film, 'lfs', 'ls-files', '--name-only')).split('\n').find((name) => name.includes('take')) ??
    '';
  remote = join(home.workspace, 'remote.git');
  await git(film, 'init', '--quiet', '--bare', remote);
  await git(film, 'remote', 'add', 'origin', pathToFileURL(remote).href);
  await git(film, 'push', '--quiet', 'origin', 'HEAD:main');
  await git(film, '-C', remote, 'symbolic-ref', 'HEAD', 'refs/heads/main');
});
afterAll(() => home.dispose());

/** The film as on another machine, with pointers in place of its media. */
async function clone(): Promise<Place> {
  const cwd = join(tempFolder(), 'clone');
  const skipping = { home, cwd: tempFolder(), env: { GIT_LFS_SKIP_SMUDGE: '1' } };
  await git(skipping, 'clone', '--quiet', pathToFileURL(remote).href, cwd);
  await git({ home, cwd }, 'lfs', 'install', '--local');
  return { home, cwd };
}

const isHere = ({ cwd }: Place, path: string): boolean =>
  !readFileSync(join(cwd, path), 'latin1').startsWith('version https://git-lfs');

test('fetches the media of an address, of an asset, then all of them, and nothing twice', async () => {
  const place = await clone();
  expect([isHere(place, take), isHere(place, portrait)]).toEqual([false, false]);
  expect(await auteur(place, 'download', '1/1/1')).toMatchObject({ code: 0, stdout: 'Downloaded 1 file.\n' });
  expect([isHere(place, take), isHere(place, portrait)]).toEqual([true, false]);
  expect(await auteurJson(place, 'download', 'characters/Ada')).toEqual({ files: 1 });
  expect(isHere(place, portrait)).toBe(true);
  expect((await auteur(place, 'download')).stdout).toBe('Downloaded 1 file.\n');
  expect((await auteur(place, 'download')).stdout).toBe('Nothing to download: all of it is here.\n');
  expect(await git(place, 'status', '--porcelain')).toBe('');
});

test('brings back a take whose file is gone, and names one that was never committed', async () => {
  const place = await clone();
  expect((await auteur(place, 'download')).code).toBe(0);
  rmSync(join(place.cwd, take));
  expect((await auteur(place, 'download')).stdout).toBe('Downloaded 1 file.\n');
  expect(isHere(place, take)).toBe(true);
  expect(await git(place, 'status', '--porcelain')).toBe('');
  await auteur(place, 'generate', '01/01/01', '--quality', 'low');
  await git(place, 'reset', '--quiet', 'HEAD~1');
  rmSync(join(place.cwd, take.replace('take01', 'take02')));
  const lost = await auteur(place, 'download');
  expect(lost.code).toBe(1);
  expect(lost.stderr).toMatch(
    /^error: 1 of 1 media files cannot be brought back, such as .+take02\.png: the last commit does not have it\.\nhint: /,
  );
});

test('what the film does not have is wrong usage', async () => {
  const place = await clone();
  expect(await auteur(place, 'download', '01/09')).toMatchObject({
    stderr: expect.stringContaining('error: The film has no scene 01/09.\n') as string,
  });
  expect(await auteur(place, 'download', 'Nobody')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error: The project has no asset named "Nobody".\n') as string,
  });
});

test('names a file that the remote does not have, and brings the others', async () => {
  const place = await clone();
  const [oid = ''] = /(?<=oid sha256:)\w+/.exec(readFileSync(join(place.cwd, portrait), 'utf8')) ?? [];
  const object = readdirSync(join(remote, 'lfs'), { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith(oid),
  );
  const bytes = join(remote, 'lfs', object ?? '');
  const kept = `${bytes}.kept`;
  renameSync(bytes, kept);
  onTestFinished(() => {
    renameSync(kept, bytes);
  });
  const { code, stdout, stderr } = await auteur(place, 'download');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    new RegExp(
      `^error: 1 of 3 media files did not come, such as ${portrait}: origin does not have it\\.\nhint: `,
    ),
  );
  expect(isHere(place, take)).toBe(true);
  const alone = await auteur(place, 'download', 'Ada');
  expect(alone.stderr).toContain(`1 of 1 media files did not come, such as ${portrait}`);
});

test('says where there is no remote, and where it cannot be reached', async () => {
  const place = await clone();
  const nowhere = pathToFileURL(join(tempFolder(), 'gone.git')).href;
  await git(place, 'remote', 'set-url', 'origin', nowhere);
  const gone = await auteur(place, 'download');
  expect(gone.code).toBe(1);
  expect(gone.stderr).toMatch(
    /^error: The media could not be downloaded from origin: .+\nhint: Check the connection/,
  );
  await git(place, 'remote', 'remove', 'origin');
  const none = await auteur(place, 'download');
  expect(none.code).toBe(1);
  expect(none.stderr).toMatch(/^error: The media are not on this machine, and the film has no remote/);
});

test('is cancelled by Ctrl+C while the server does not answer, and may go on later', async () => {
  const place = await clone();
  const asked = Promise.withResolvers<undefined>();
  const server = createServer(() => {
    asked.resolve(undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await git(
    place,
    'config',
    'lfs.url',
    `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/lfs`,
  );
  const running = start(place, ['download', '01/01/01']);
  await asked.promise;
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toContain('error: It was cancelled');
  await git(place, 'config', '--unset', 'lfs.url');
  expect((await auteur(place, 'download', '01/01/01')).stdout).toBe('Downloaded 1 file.\n');
  expect(existsSync(join(place.cwd, '.git', 'index.lock'))).toBe(false);
});
