// Builds everything that ships: `node esbuild.mjs [--watch] [--minify]`.
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import esbuild from 'esbuild';
import sveltePlugin from 'esbuild-svelte';
import { vscodeOnce } from './scripts/vscodeOnce.ts';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

const common = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // A member of VS Code's API that is not there; a module that acts on import and is left out.
  logOverride: { 'import-is-undefined': 'error', 'ignored-bare-import': 'error' },
  define: { __AUTEUR_VERSION__: JSON.stringify(version) },
};

const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // The `main` of jsonc-parser is UMD, whose inner `require` no bundler can follow.
  mainFields: ['module', 'main'],
};

const page = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  conditions: ['svelte', 'browser', 'production'],
  mainFields: ['svelte', 'browser', 'module', 'main'],
  plugins: [sveltePlugin({ compilerOptions: { css: 'external', runes: true } })],
};

/** What `import()` asks for is a bundle of its own beside the one that asks. */
function loadedLater(files) {
  return {
    name: 'loaded-later',
    setup: (build) =>
      build.onResolve({ filter: /./ }, ({ path: wanted, kind, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = path.relative(root, path.resolve(resolveDir, wanted)).replaceAll(path.sep, '/');
        const file = files[wanted.startsWith('.') ? source : wanted];
        return file === undefined ? undefined : { path: `./${file}`, external: true };
      }),
  };
}

/** What a window loads when it is first asked for, and the bundle that it is in `dist`. */
const windowParts = {
  'src/extension/commands/commands.ts': 'commands.cjs',
  'src/providers/tasks/taskProviders.ts': 'tasks.cjs',
  'src/providers/dragged.ts': 'dragged.cjs',
  'src/core/protocol/progressPage.ts': 'progressPage.cjs',
};

/** Loaded by those who run containers only. */
const containerEngine = { dockerode: 'dockerode.cjs' };

const bundles = [
  {
    ...node,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.cjs',
    plugins: [vscodeOnce, loadedLater(windowParts)],
    // As `require`, which is what VS Code gives its API through.
    supported: { 'dynamic-import': false },
  },
  ...Object.entries(windowParts).map(([source, file]) => ({
    ...node,
    entryPoints: [source],
    outfile: `dist/${file}`,
    plugins: [vscodeOnce],
  })),
  {
    ...node,
    entryPoints: ['src/runner/studioThread.ts'],
    outfile: 'dist/studio.cjs',
    plugins: [loadedLater(containerEngine)],
  },
  {
    ...node,
    entryPoints: ['node_modules/dockerode/lib/docker.js'],
    outfile: 'dist/dockerode.cjs',
    // Where they are not there, the library does without: they only make SSH quicker.
    external: ['cpu-features', '*.node'],
  },
  {
    ...node,
    entryPoints: ['src/runner/pipelines/storyboard/renderThread.ts'],
    outfile: 'dist/render.cjs',
    // The renderer asks whether it was given a web response. In Node the question alone loads all of fetch.
    define: { ...common.define, Response: 'undefined', Request: 'undefined' },
  },
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    plugins: [loadedLater(containerEngine)],
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...page, entryPoints: ['src/webviews/progress/main.ts'], outfile: 'dist/pages/progress.js' },
  { ...page, entryPoints: ['src/webviews/take/main.ts'], outfile: 'dist/pages/take.js' },
];

const copies = [
  ['node_modules/@resvg/resvg-wasm/index_bg.wasm', 'resvg.wasm'],
  ['node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'fonts/DejaVuSans.ttf'],
  ['node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', 'fonts/DejaVuSans-Bold.ttf'],
  ['node_modules/@vscode/codicons/dist/codicon.css', 'codicons/codicon.css'],
  ['node_modules/@vscode/codicons/dist/codicon.ttf', 'codicons/codicon.ttf'],
  ['node_modules/dejavu-fonts-ttf/LICENSE', 'licenses/dejavu-fonts.txt'],
  ['node_modules/@vscode/codicons/LICENSE', 'licenses/codicons.txt'],
  // The package of resvg-wasm comes without the text of its licence.
  ['media/licenses/MPL-2.0.txt', 'licenses/resvg-wasm.txt'],
];

/** What the images of Auteur's own pipelines are built from: the Dockerfile, and what it copies. */
const programs = /\/flux\/(?:Dockerfile|requirements\.txt|auteur_flux\/\w+\.py)$/;

async function copyPrograms() {
  const [from, to] = ['pipelines', 'dist/pipelines'].map((folder) => path.join(root, folder));
  await rm(to, { recursive: true, force: true });
  for (const file of await readdir(from, { recursive: true })) {
    if (!programs.test(`/${file.replaceAll(path.sep, '/')}`)) continue;
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await copyFile(path.join(from, file), path.join(to, file));
  }
}

async function copyAssets() {
  for (const [from, to] of copies) {
    const target = path.join(dist, to);
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(path.join(root, from), target);
  }
}

/** The folders of the packages that ended up in a bundle. */
function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = inputs.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function copyLicences(metafiles) {
  for (const folder of bundledPackages(metafiles)) {
    const name = folder.split('node_modules/').at(-1).replace('@', '').replace('/', '-');
    const target = path.join(dist, 'licenses', `${name}.txt`);
    const file = (await readdir(path.join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    if (file) await copyFile(path.join(root, folder, file), target);
    else if (!existsSync(target)) await writeFile(target, await declaredLicence(folder));
  }
}

async function declaredLicence(folder) {
  const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
  const author = typeof manifest.author === 'object' ? manifest.author?.name : manifest.author;
  return `${manifest.name} ${manifest.version}\nLicence: ${manifest.license}\nBy: ${author ?? 'its contributors'}\n`;
}

async function buildOnce(present) {
  // One bundle that does not build (esbuild has said why) keeps no other from being written.
  const results = await Promise.allSettled(present.map((bundle) => esbuild.build(bundle)));
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
  await copyLicences(
    results.filter((result) => result.status === 'fulfilled').map((result) => result.value.metafile),
  );
  if (existsSync(path.join(dist, 'cli.cjs'))) await chmod(path.join(dist, 'cli.cjs'), 0o755);
}

async function buildAndWatch(present) {
  for (const bundle of present) {
    const context = await esbuild.context({ ...bundle, logLevel: 'info' });
    await context.watch();
  }
}

const present = bundles.filter((bundle) => existsSync(path.join(root, bundle.entryPoints[0])));
const missing = bundles.filter((bundle) => !present.includes(bundle)).map((bundle) => bundle.entryPoints[0]);
if (minify) await rm(dist, { recursive: true, force: true });
await copyAssets();
await copyPrograms();
if (watch) await buildAndWatch(present);
else await buildOnce(present);
if (missing.length > 0) {
  process.stderr.write(`esbuild: no such entry: ${missing.join(', ')}\n`);
  process.exitCode = 1;
}
