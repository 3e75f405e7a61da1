import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../lib/paths.ts';

const suite = join(repositoryRoot, 'test/host/suite');
const output = join(repositoryRoot, 'dist-test/host');

/** Bundles every file of the suite for the extension host and returns the path of the entry. */
export async function bundleSuite(): Promise<string> {
  await rm(output, { recursive: true, force: true });
  const files = (await readdir(suite)).filter((name) => name.endsWith('.ts'));
  await build({
    entryPoints: files.map((name) => join(suite, name)),
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // As in esbuild.mjs: the `main` of jsonc-parser is UMD, whose inner `require` no bundler can follow.
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
    // A module that acts on import, and is left out because "sideEffects" of package.json does not name it.
    logOverride: { 'ignored-bare-import': 'error' },
  });
  return join(output, 'index.cjs');
}
