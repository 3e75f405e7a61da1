import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Builds what the storyboard needs beside it, as the release build does. */
export async function buildStoryboardAssets(assetsDir: string): Promise<void> {
  const copies = [
    ['@resvg/resvg-wasm/index_bg.wasm', 'resvg.wasm'],
    ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'fonts/DejaVuSans.ttf'],
    ['dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', 'fonts/DejaVuSans-Bold.ttf'],
  ] as const;
  await mkdir(join(assetsDir, 'fonts'), { recursive: true });
  await Promise.all(
    copies.map(([from, to]) => copyFile(join(root, 'node_modules', from), join(assetsDir, to))),
  );
  await build({
    entryPoints: [join(root, 'src/runner/pipelines/storyboard/renderThread.ts')],
    outfile: join(assetsDir, 'render.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
  });
}
