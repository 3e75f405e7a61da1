import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../src/core/protocol/views.ts';
import { readFolder } from '../../src/core/storage/locate.ts';
import { containerFilm, expectClean, made, started, type ContainerFilm } from './containerFilm.ts';
import { waitsForGo } from '../lib/goFile.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { TestEngine } from '../lib/testEngine.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.start();
});
afterAll(async () => {
  await engine.dispose();
});

const result = (path: string): string =>
  `echo '{"type":"result","outputs":[{"path":"${path}","mediaType":"image/png"}]}'`;

/** What each script ends in: the code of its error and words of it. */
const failing: readonly (readonly [what: string, script: string, code: string, words: RegExp])[] = [
  [
    'exits with a code',
    'echo all well; echo no such model >&2; exit 3',
    'container-failed',
    /code 3.*no such model/,
  ],
  ['says nothing of a result', 'echo done', 'container-no-result', /without a result/],
  ['names a file that is not there', result('gone.png'), 'result-invalid', /gone\.png is not there/],
  [
    'names a file outside its output',
    `echo x >/tmp/x.png; ${result('../../../tmp/x.png')}`,
    'result-invalid',
    /not in \/auteur\/output|not there/,
  ],
  ['names a path of the machine', result('/etc/hostname.png'), 'result-invalid', /not in \/auteur\/output/],
  [
    'gives a link',
    `ln -s /etc/passwd /auteur/output/a.png; ${result('a.png')}`,
    'result-invalid',
    /not in|not a plain file/,
  ],
  [
    'gives a link within its output',
    `echo x >/auteur/output/b.png; ln -s b.png /auteur/output/a.png; ${result('a.png')}`,
    'result-invalid',
    /not a plain file/,
  ],
  ['gives a folder', `mkdir /auteur/output/a.png; ${result('a.png')}`, 'result-invalid', /not a plain file/],
  ['gives an empty file', `touch /auteur/output/a.png; ${result('a.png')}`, 'result-invalid', /is empty/],
  ['fails after its result', `${makesPicture}\nexit 1`, 'container-failed', /code 1/],
  [
    'runs out of the memory of the card',
    'echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB" >&2; exit 1',
    'gpu-out-of-memory',
    /CUDA out of memory/,
  ],
  ['is ended by a signal of its own', 'kill -9 $$', 'container-killed', /SIGKILL/],
];

async function one(film: ContainerFilm, pipeline: string): Promise<JobView> {
  const [job] = await made(film.studio(), film.root, pipeline);
  if (job === undefined) throw new Error('no job');
  return job;
}

describe('a container that', () => {
  it('goes wrong in its own way ends in one error that says which', async () => {
    const film = await containerFilm(engine);
    const studio = film.studio();
    const ended = failing.map(async ([what, script, code, words], index) => {
      film.pipeline(`wrong-${index}`, script);
      const [job] = await made(studio, film.root, `wrong-${index}`);
      expect(`${what}: ${job?.error?.code ?? ''}`).toBe(`${what}: ${code}`);
      expect(job?.error?.message).toMatch(words);
      expect(job?.error?.hint).toBeTruthy();
    });
    await Promise.all(ended);
    await expectClean(engine, film, 0);
  });

  it('uses more memory than it may is told apart from one that is killed', async () => {
    const film = await containerFilm(engine);
    const eats = 'dd if=/dev/zero of=/dev/null bs=300M count=1; exit 9';
    film.pipeline('eats', eats, { memoryGb: 0.03 });
    film.pipeline('killed', 'sleep 60 & wait');
    expect((await one(film, 'eats')).error?.code).toBe('container-out-of-memory');
    const killed = await started(engine, film, 'killed');
    const removed = await started(engine, film, 'killed');
    await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).toContain('\n');
    await engine.docker('kill', `auteur-${killed.id}`);
    await engine.docker('rm', '-f', `auteur-${removed.id}`);
    expect((await killed.ended())?.error?.code).toBe('container-killed');
    expect((await removed.ended())?.error?.code).toBe('container-killed');
    await expectClean(engine, film, 0);
  });

  it('takes longer than it may is stopped', async () => {
    const film = await containerFilm(engine);
    film.pipeline('slow', 'trap "exit 0" TERM; sleep 60 & wait', { timeLimitMinutes: 0.02 });
    expect((await one(film, 'slow')).error?.code).toBe('container-time-limit');
    await expectClean(engine, film, 0);
  });

  it('prints a hundred thousand lines, or no text at all, makes its take', async () => {
    const film = await containerFilm(engine);
    const floods = `seq 100000 | sed 's/.*/{"type":"progress","progress":0.&,"step":"Step &"}/'\nseq 100000\n${makesPicture}`;
    const garbage = `head -c 3000000 /dev/urandom\necho\n${makesPicture}\nhead -c 300000 /dev/urandom`;
    film.pipeline('floods', floods);
    film.pipeline('garbage', garbage);
    expect((await one(film, 'floods')).error).toBeUndefined();
    expect((await one(film, 'garbage')).error).toBeUndefined();
    await expectClean(engine, film, 2);
  });

  it('needs an image that is nowhere says so, whether or not it could be fetched', async () => {
    const film = await containerFilm(engine);
    film.pipeline('missing', 'true', { image: 'localhost:1/nobody/nothing:1' });
    const job = await one(film, 'missing');
    expect(job.error).toMatchObject({ code: 'image-missing' });
    expect(job.error?.message).toContain('localhost:1/nobody/nothing:1');
    await expectClean(engine, film, 0);
  });

  it('is under way when its window closes goes on, and is taken up by the next one', async () => {
    const film = await containerFilm(engine);
    film.pipeline('goes-on', `echo begun; date +%s%N; ${waitsForGo}; ${makesPicture}`);
    const first = await started(engine, film, 'goes-on');
    const container = await engine.docker('inspect', '-f', '{{.Id}}', `auteur-${first.id}`);
    await first.studio.close();
    expect(await engine.docker('ps', '-q', '--no-trunc')).toBe(container);
    film.go();
    const second = film.studio();
    await second.openProject(film.root);
    const [job] = await second.settled([first.id]);
    expect(job?.status).toBe('completed');
    expect(film.log(first.id).match(/begun/g)).toHaveLength(1);
    await expectClean(engine, film, 1);
  });

  it('had ended when its window came back gives its take', async () => {
    const film = await containerFilm(engine);
    film.pipeline('ends', `sleep 0.3; ${makesPicture}`);
    const first = await started(engine, film, 'ends');
    await first.studio.close();
    await engine.docker('wait', `auteur-${first.id}`);
    const second = film.studio();
    await second.openProject(film.root);
    expect((await second.settled([first.id]))[0]?.status).toBe('completed');
    await expectClean(engine, film, 1);
  });

  it('loses its engine waits, says why, and makes its take when the engine is back', async () => {
    const film = await containerFilm(engine);
    film.pipeline('restarted', `echo begun; ${waitsForGo}; ${makesPicture}`);
    const { studio, id, ended } = await started(engine, film, 'restarted');
    await engine.stop();
    const waiting = async () => (await studio.jobs({ ids: [id] }))[0];
    await expect.poll(async () => (await waiting())?.waiting, { timeout: 20_000 }).toContain('engine');
    expect((await waiting())?.status).toBe('pending');
    await engine.start();
    film.go();
    const job = await ended();
    expect(job?.error).toBeUndefined();
    expect(job?.status).toBe('completed');
    await expectClean(engine, film, 1);
  });

  it('is left by a job that was cancelled with the engine away is removed when both are back', async () => {
    const film = await containerFilm(engine);
    film.pipeline('left', 'sleep 60 & wait');
    const first = await started(engine, film, 'left');
    await first.studio.close();
    await engine.stop();
    const second = film.studio();
    await second.cancelJob(first.id);
    await second.close();
    await engine.start();
    const third = film.studio();
    await third.openProject(film.root);
    await expect.poll(() => engine.docker('ps', '-aq'), { timeout: 20_000 }).toBe('');
    await expect.poll(() => readFolder(join(film.home, 'containers'))).toEqual([]);
    await expectClean(engine, film, 0);
  });
});

describe('a job folder', () => {
  it('that is a link is refused, and nothing is written where it leads', async () => {
    const film = await containerFilm(engine);
    film.pipeline('picture', makesPicture);
    const elsewhere = join(film.workspace, 'elsewhere');
    writeFileSync(elsewhere, '');
    symlinkSync(film.workspace, join(film.root, '.auteur/work'));
    expect((await one(film, 'picture')).error?.code).toBe('path-outside');
    expect(await film.takes()).toEqual([]);
  });
});
