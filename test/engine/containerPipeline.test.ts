import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../src/core/protocol/views.ts';
import { containerFilm, made, makesPicture, type ContainerFilm } from '../lib/containerFilm.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';

let engine: TestEngine;
let film: ContainerFilm;

beforeAll(async () => {
  engine = await TestEngine.start();
  film = await containerFilm(engine);
});
afterAll(async () => {
  await engine.dispose();
});

async function one(pipeline: string): Promise<JobView> {
  const [job] = await made(film.studio(), film.root, pipeline);
  if (job === undefined) throw new Error('no job');
  return job;
}

describe('a pipeline in a container', () => {
  it('makes a take that says which image made it, and leaves nothing behind', async () => {
    film.pipeline('picture', `echo drawing; cat /auteur/job.json; ls /auteur/inputs\n${makesPicture}`);
    const job = await one('picture');
    expect(job.error).toBeUndefined();
    const [take] = await film.takes();
    const image = await engine.docker('image', 'inspect', '-f', '{{.Id}}', testImage);
    expect(take?.pipeline).toEqual({ id: 'picture', kind: 'container', version: image });
    expect(take?.definition).toMatchObject({ kind: 'container', image: testImage });
    expect(take?.files[0]).toMatchObject({ mediaType: 'image/png', width: 1, height: 1 });
    expect(film.log(job.id)).toContain('drawing');
    expect(film.log(job.id)).toContain(`"seed": ${take?.seed}`);
    expect(await engine.docker('ps', '-aq')).toBe('');
    expect(existsSync(join(film.root, '.auteur/work', job.id))).toBe(false);
    expect(readdirSync(join(film.root, '.auteur/outbox'))).toEqual([]);
  });
});
