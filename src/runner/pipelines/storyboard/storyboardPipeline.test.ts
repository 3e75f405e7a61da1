import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { buildStoryboardAssets } from '../../../../test/lib/storyboardAssets.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import type { Disposable } from '../../../core/events.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { CameraAngle, CameraMovement, ShotSize } from '../../../core/model/shotList.ts';
import type { Pipeline, PipelineProgress, PipelineRun } from '../../../core/ports/pipeline.ts';
import { createStoryboardPipeline } from './storyboardPipeline.ts';

const minutes = 60_000;
const cast = ['Ada', 'Ben'].map((name) => ({ name }));

let assetsDir: string;
let pipeline: Pipeline & Disposable;

beforeAll(async () => {
  assetsDir = await mkdtemp(join(tmpdir(), 'auteur-assets-'));
  await buildStoryboardAssets(assetsDir);
  pipeline = createStoryboardPipeline({ assetsDir, threads: 2 });
}, minutes);

afterAll(async () => {
  pipeline.dispose();
  await rm(assetsDir, { recursive: true, force: true });
});

function aRun(panel: Partial<Panel> = {}, run: Partial<PipelineRun> = {}): PipelineRun {
  return {
    job: aJob({ panel: { ...aJob().panel, ...panel } }),
    attempt: 1,
    takeNumber: 1,
    outputDir: tempFolder(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...run,
  };
}

async function paint(panel: Partial<Panel>): Promise<Buffer> {
  const run = aRun(panel);
  await pipeline.run(run);
  return readFile(join(run.outputDir, 'panel.png'));
}

function sizeOf(png: Buffer): readonly [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the storyboard pipeline', () => {
  it('leaves one PNG and says what it is', async () => {
    const run = aRun();
    const output = await pipeline.run(run);
    expect(output).toEqual({
      files: [{ name: 'panel.png', mediaType: 'image/png', width: 320, height: 180 }],
      inputs: [],
      drawsTakeNumber: true,
    });
    expect(await readdir(run.outputDir)).toEqual(['panel.png']);
    expect(sizeOf(await readFile(join(run.outputDir, 'panel.png')))).toEqual([320, 180]);
  });

  it('tells how far it is', async () => {
    const told: PipelineProgress[] = [];
    await pipeline.run(aRun({}, { onProgress: (progress) => told.push(progress) }));
    expect(told.map(({ step }) => step)).toEqual(['Drawing', 'Rendering', 'Writing', 'Done']);
    expect(told.map(({ progress }) => progress)).toEqual(told.map(({ progress }) => progress).sort());
    expect(told.at(-1)?.progress).toBe(1);
  });

  it('paints the same bytes again', async () => {
    const [first, second] = [await paint({ characters: cast }), await paint({ characters: cast })];
    expect(first.equals(second)).toBe(true);
  });

  it('stops before it begins, and leaves nothing', async () => {
    const run = aRun({}, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(pipeline.run(run)).rejects.toThrow('enough');
    expect(await readdir(run.outputDir)).toEqual([]);
  });

  it('stops while it renders, and works on', async () => {
    const stop = new AbortController();
    const run = aRun({ width: 4096, height: 4096, characters: cast }, { signal: stop.signal });
    const running = pipeline.run(run);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(await readdir(run.outputDir)).toEqual([]);
    expect(sizeOf(await paint({}))).toEqual([320, 180]);
  });

  it.each(ShotSize.options)('frames %s from every angle and with every movement', async (size) => {
    const framings = CameraMovement.options.flatMap((movement, i) =>
      [i, i + ShotSize.options.indexOf(size) + 1].map((turn) => ({
        size,
        angle: CameraAngle.options[turn % 5] ?? 'eye',
        movement,
      })),
    );
    const panels = await Promise.all(
      framings.map((framing) => paint({ ...framing, characters: cast, width: 64, height: 36 })),
    );
    expect(panels.map(sizeOf)).toEqual(framings.map(() => [64, 36]));
  });

  it.each([
    [16, 16],
    [4096, 16],
    [16, 4096],
    [4096, 4096],
    [160, 90],
    [333, 777],
    [1999, 835],
  ])('is exactly %i×%i', async (width, height) => {
    expect(sizeOf(await paint({ width, height, characters: cast }))).toEqual([width, height]);
  });

  it.each([
    ['mark-up', '</text><script>alert(1)</script>&amp;&<![CDATA[ ]]> "\''],
    ['emoji', '👩‍🚀🎬🏳️‍🌈 \ud83d'],
    ['right to left', 'شخص يفتح الباب \u202eevil\u202c שלום'],
    ['controls', '\u0000\u0007\u001b[31m\uffff\ufeff\n\r\t'],
    ['length', 'Ⱥ'.repeat(10_000)],
    ['no spaces', 'x'.repeat(10_000)],
    ['combining', `a${'\u0301'.repeat(500)}`],
    ['nothing', ''],
  ])('survives %s', async (_, text) => {
    const everywhere = {
      project: text,
      address: text,
      description: text,
      dialogue: text,
      location: text,
      style: text,
    };
    const png = await paint({
      ...everywhere,
      styleKeywords: [text],
      fps: text,
      characters: [{ name: text, description: text }],
    });
    expect(sizeOf(png)).toEqual([320, 180]);
  });
});
