import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { niceness, yieldToOthers } from '../../yieldToOthers.ts';
import { pictureSvg, type PictureFile } from './pictureFile.ts';
import { encodePng } from './png.ts';
import { sketch, type Pixels, type SketchTones } from './sketch.ts';

export type RenderWork =
  | {
      readonly kind: 'panel';
      readonly svg: string;
      /** Pixels; the height follows. */ readonly width: number;
    }
  /** A picture's pixels, made smaller. */
  | { readonly kind: 'pixels'; readonly picture: PictureFile; readonly width: number }
  /** A picture as a drawing, as PNG. */
  | {
      readonly kind: 'sketch';
      readonly picture: PictureFile;
      readonly width: number;
      readonly tones: SketchTones;
    };

export type RenderRequest = RenderWork & { readonly id: number };

/** PNG, or pixels where those were asked for. */
export interface Rendered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** Nothing was painted. */
  readonly blank: boolean;
}

export type RenderReply =
  ({ readonly id: number } & Rendered) | { readonly id: number; readonly error: string };

yieldToOthers(niceness.renderer);
const assetsDir = process.argv[2] ?? '';
const port = parentPort;
const fonts = load();

port?.on('message', (request: RenderRequest) => {
  void answer(request).then((reply) => port.postMessage(reply, 'bytes' in reply ? [reply.bytes.buffer] : []));
});

async function load(): Promise<Uint8Array[]> {
  const [wasm, ...loaded] = await Promise.all(
    ['resvg.wasm', 'fonts/DejaVuSans.ttf', 'fonts/DejaVuSans-Bold.ttf'].map((name) =>
      readFile(join(assetsDir, name)),
    ),
  );
  if (wasm !== undefined) await initWasm(wasm);
  return loaded;
}

async function answer(request: RenderRequest): Promise<RenderReply> {
  const { id } = request;
  try {
    return { id, ...work(request, await fonts) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function work(request: RenderWork, fontBuffers: Uint8Array[]): Rendered {
  if (request.kind === 'panel') return paint(request.svg, request.width, { fontBuffers, as: 'png' });
  const small = paint(pictureSvg(request.picture), request.width, { fontBuffers: [], as: 'pixels' });
  if (request.kind === 'pixels') return small;
  const pixels: Pixels = { ...small, data: small.bytes };
  return { ...small, bytes: encodePng(sketch(pixels, request.tones)) };
}

function paint(
  svg: string,
  width: number,
  { fontBuffers, as }: { fontBuffers: Uint8Array[]; as: 'png' | 'pixels' },
): Rendered {
  const image = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  const rendered = image.render();
  // A copy of its own, because a part of another buffer cannot be handed over.
  const bytes = new Uint8Array(as === 'png' ? rendered.asPng() : rendered.pixels);
  const size = { width: rendered.width, height: rendered.height };
  rendered.free();
  // Not in a finally: after a panic freeing fails too and would hide why. The pool ends such a thread.
  image.free();
  return { bytes, ...size, blank: as === 'pixels' && isBlank(bytes) };
}

function isBlank(pixels: Uint8Array): boolean {
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 0) return false;
  return true;
}
