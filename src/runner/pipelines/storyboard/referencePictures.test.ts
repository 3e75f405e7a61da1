import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { buildStoryboardAssets } from '../../../../test/lib/storyboardAssets.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import type { Disposable } from '../../../core/events.ts';
import type { Panel } from '../../../core/model/panel.ts';
import type { Pipeline, PipelineOutput } from '../../../core/ports/pipeline.ts';
import type { PictureFile } from './pictureFile.ts';
import { encodePng } from './png.ts';
import { RenderPool } from './renderPool.ts';
import { createStoryboardPipeline } from './storyboardPipeline.ts';

let assetsDir: string;
let pipeline: Pipeline & Disposable;
let pool: RenderPool;

beforeAll(async () => {
  assetsDir = await mkdtemp(join(tmpdir(), 'auteur-assets-'));
  await buildStoryboardAssets(assetsDir);
  pipeline = createStoryboardPipeline({ assetsDir });
  pool = new RenderPool({ assetsDir, size: 1 });
});

afterAll(async () => {
  pipeline.dispose();
  pool.dispose();
  await rm(assetsDir, { recursive: true, force: true });
});

/** Rows of colours, each a pixel. */
function aPicture(rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const data = rows.flat().flatMap((hex) => [...Buffer.from(hex.slice(1), 'hex'), 255]);
  return encodePng({ width: rows[0]?.length ?? 0, height: rows.length, data: Uint8Array.from(data) });
}

function plain(colour: string): Uint8Array<ArrayBuffer> {
  return aPicture(Array.from({ length: 18 }, () => Array.from({ length: 32 }, () => colour)));
}

interface Taken {
  readonly output: PipelineOutput;
  readonly png: Buffer;
}

async function take(root: string, panel: Record<string, unknown>): Promise<Taken> {
  const outputDir = tempFolder();
  const output = await pipeline.run({
    job: aJob({ projectRoot: root, panel: { ...aJob().panel, ...panel } }),
    attempt: 1,
    takeNumber: 1,
    outputDir,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return { output, png: await readFile(join(outputDir, 'panel.png')) };
}

async function aProject(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const root = tempFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
  return root;
}

async function pixelsOf(bytes: Uint8Array): Promise<(x: number, y: number) => readonly number[]> {
  const file: PictureFile = { bytes, mediaType: 'image/png', width: 320, height: 180, orientation: 1 };
  const { bytes: data } = await pool.pixels(file, 320, new AbortController().signal);
  return (x, y) => [...data.subarray((y * 320 + x) * 4, (y * 320 + x) * 4 + 3)];
}

describe('reference pictures', () => {
  it('makes the picture of the place the backdrop, and says what it read', async () => {
    const green = plain('#20c040');
    const root = await aProject({ 'k.png': green });
    const empty: Partial<Panel> = { description: 'An empty room.', size: 'WS', characters: [] };
    const { output, png } = await take(root, { ...empty, backdrop: 'k.png' });
    expect(output.inputs).toEqual([
      { path: 'k.png', sha256: createHash('sha256').update(green).digest('hex') },
    ]);
    const [r = 0, g = 0, b = 0] = (await pixelsOf(png))(64, 54);
    expect(g).toBeGreaterThan(Math.max(r, b) + 15);
    expect((await take(root, empty)).output.inputs).toEqual([]);
    expect((await take(root, { ...empty, backdrop: 'k.png' })).png.equals(png)).toBe(true);
  });

  it('paints the floor in the colour of the place where it is seen from above', async () => {
    const root = await aProject({ 'k.png': plain('#20c040') });
    const { png } = await take(root, { angle: 'birds-eye', size: 'EWS', characters: [], backdrop: 'k.png' });
    const [r = 0, g = 0, b = 0] = (await pixelsOf(png))(32, 108);
    expect(g).toBeGreaterThan(Math.max(r, b) + 15);
  });

  it('dresses a character as the reference picture shows', async () => {
    const body = (y: number) => (y < 7 ? '#e8c8a8' : '#d02090');
    const rows = Array.from({ length: 20 }, (_, y) =>
      Array.from({ length: 16 }, (_, x) => (x < 3 || x > 12 ? '#dddddd' : body(y))),
    );
    const root = await aProject({ 'm.png': aPicture(rows) });
    const characters = [{ name: 'Mia', description: 'in a green coat', reference: 'm.png' }];
    const close = { size: 'CU', setting: 'EXT', location: 'Desert' };
    const [shown, said] = [
      await take(root, { ...close, characters }),
      await take(root, { ...close, characters: [{ name: 'Mia', description: 'in a green coat' }] }),
    ];
    expect(shown.output.inputs?.map(({ path }) => path)).toEqual(['m.png']);
    const pinks = async ({ png }: Taken) => {
      const at = await pixelsOf(png);
      const all = Array.from({ length: 230 * 135 }, (_, i) => at(i % 230, Math.floor(i / 230)));
      return all.filter(([r = 0, g = 0, b = 0]) => r > g + 60 && b > g + 20).length;
    };
    expect(await pinks(said)).toBe(0);
    expect(await pinks(shown)).toBeGreaterThan(300);
  });

  it.each([
    ['that is missing', undefined, 'reference-missing'],
    ['that is empty', new Uint8Array(), 'reference-unusable'],
    ['that is text', 'no picture at all, only words', 'reference-unusable'],
    [
      'of another kind',
      Buffer.from('RIFF\u001a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'),
      'reference-unusable',
    ],
    ['of too many pixels', hugePng(), 'reference-unusable'],
    ['that is cut short', plain('#20c040').subarray(0, 50), 'reference-unusable'],
    ['that was never fetched', 'version https://git-lfs.github.com/spec/v1\n', 'reference-not-fetched'],
  ])('ends with the reason for a picture %s, and works on', async (_, content, code) => {
    const root = await aProject(content === undefined ? {} : { 'k.png': content });
    for (const panel of [{ backdrop: 'k.png' }, { characters: [{ name: 'Mia', reference: 'k.png' }] }]) {
      const taking = take(root, panel);
      await expect(taking).rejects.toMatchObject({ code });
      await expect(taking).rejects.toThrow('k.png');
    }
    expect((await take(root, {})).png.length).toBeGreaterThan(1000);
  });

  it('follows no link out of the project', async () => {
    const [root, outside] = [tempFolder(), tempFolder()];
    await writeFile(join(outside, 'secret.png'), plain('#20c040'));
    await symlink(join(outside, 'secret.png'), join(root, 'k.png'));
    await expect(take(root, { backdrop: 'k.png' })).rejects.toMatchObject({ code: 'path-outside' });
  });
});

describe('a picture as a camera stored it', () => {
  const stored = [
    ['#ff0000', '#00ff00'],
    ['#0000ff', '#ffffff'],
    ['#000000', '#ffff00'],
  ];

  it.each([
    [1, 0],
    [2, 1],
    [3, 5],
    [4, 4],
    [5, 0],
    [6, 2],
    [7, 5],
    [8, 3],
  ])('is turned upright from orientation %i', async (orientation, red) => {
    const turned = orientation >= 5;
    const [width, height] = turned ? [3, 2] : [2, 3];
    const file: PictureFile = {
      bytes: aPicture(stored),
      mediaType: 'image/png',
      width,
      height,
      orientation,
    };
    const { bytes } = await pool.pixels(file, width, new AbortController().signal);
    const reds = Array.from(
      { length: 6 },
      (_, i) => (bytes[i * 4] ?? 0) - (bytes[i * 4 + 1] ?? 0) - (bytes[i * 4 + 2] ?? 0),
    );
    expect(reds.indexOf(Math.max(...reds))).toBe(red);
  });
});

/** A PNG whose header tells of 400 megapixels. */
function hugePng(): Uint8Array {
  const png = plain('#20c040').slice();
  const view = new DataView(png.buffer);
  view.setUint32(16, 20_000);
  view.setUint32(20, 20_000);
  return png;
}
