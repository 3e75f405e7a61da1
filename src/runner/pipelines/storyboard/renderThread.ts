import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

export interface RenderRequest {
  readonly id: number;
  readonly svg: string;
  /** Pixels; the height follows. */
  readonly width: number;
}

export type RenderReply =
  | { readonly id: number; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly error: string };

const assetsDir = process.argv[2] ?? '';
const port = parentPort;
const fonts = load();

port?.on('message', (request: RenderRequest) => {
  void answer(request).then((reply) => port.postMessage(reply, 'png' in reply ? [reply.png.buffer] : []));
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

async function answer({ id, svg, width }: RenderRequest): Promise<RenderReply> {
  try {
    return { id, png: render(svg, width, await fonts) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function render(svg: string, width: number, fontBuffers: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const image = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  const rendered = image.render();
  // A copy of its own, because a part of another buffer cannot be handed over.
  const png = new Uint8Array(rendered.asPng());
  rendered.free();
  // Not in a finally: after a panic freeing fails too and would hide why. The pool ends such a thread.
  image.free();
  return png;
}
