import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError } from '../../../core/errors.ts';
import type { Disposable } from '../../../core/events.ts';
import type { Panel } from '../../../core/model/panel.ts';
import type { PipelineRef } from '../../../core/model/take.ts';
import type { Pipeline, PipelineOutput, PipelineRun } from '../../../core/ports/pipeline.ts';
import { drawPanel } from './drawPanel.ts';
import { placed } from './placeWords.ts';
import { ReferencePictures } from './referencePictures.ts';
import { RenderPool } from './renderPool.ts';

export const storyboardId = 'storyboard';
const ref: PipelineRef = { id: storyboardId, kind: 'storyboard', version: '2' };
const fileName = 'panel.png';
const largestSide = 4096;
const smallestSide = 16;

export interface StoryboardOptions {
  /** Holds `render.cjs`, `resvg.wasm` and `fonts/`. */
  readonly assetsDir: string;
  /** Pictures painted at once. */
  readonly threads?: number;
}

/** The built-in pipeline: draws a panel from the shot's own data and needs nothing else. */
export function createStoryboardPipeline({
  assetsDir,
  threads = 1,
}: StoryboardOptions): Pipeline & Disposable {
  const pool = new RenderPool({ assetsDir, size: threads });
  const pictures = new ReferencePictures(pool);
  return { ref, run: (run) => drawTake({ pool, pictures }, run), dispose: () => pool.dispose() };
}

async function drawTake(
  { pool, pictures }: { pool: RenderPool; pictures: ReferencePictures },
  { job, takeNumber, outputDir, signal, onProgress }: PipelineRun,
): Promise<PipelineOutput> {
  signal.throwIfAborted();
  onProgress({ progress: 0, step: 'Drawing' });
  const panel = placed(fitted(job.panel));
  const references = await pictures.of(job.projectRoot, panel, signal);
  const svg = drawPanel({
    panel,
    pictures: references.pictures,
    takeNumber,
    seed: job.seed,
    pipeline: `${ref.id} ${ref.version}`,
  });
  onProgress({ progress: 0.2, step: 'Rendering' });
  const png = await pool.render(svg, panel.width, signal);
  onProgress({ progress: 0.9, step: 'Writing' });
  await writeDurably(join(outputDir, fileName), png);
  signal.throwIfAborted();
  onProgress({ progress: 1, step: 'Done' });
  return {
    files: [{ name: fileName, mediaType: 'image/png', ...sizeOf(png) }],
    inputs: references.inputs,
    drawsTakeNumber: true,
  };
}

/** A panel is a sketch: a larger film frame is drawn smaller, in the same proportions. */
function fitted(panel: Panel): Panel {
  const scale = Math.min(1, largestSide / Math.max(panel.width, panel.height));
  const scaled = (pixels: number): number => Math.max(smallestSide, Math.round(pixels * scale));
  return { ...panel, width: scaled(panel.width), height: scaled(panel.height) };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(bytes);
  await file.sync();
}

const pngSignature = 0x89504e47;

/** What the file itself says, from its header. */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.byteLength < 24 || view.getUint32(0) !== pngSignature) {
    throw new AuteurError('render-failed', { reason: 'the renderer did not answer with a PNG' });
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
