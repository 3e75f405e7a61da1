import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaFile } from '../../../../test/lib/importFiles.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { AuteurError } from '../../errors.ts';
import { readAssetViews } from '../assetViews.ts';
import { readAssetUses } from '../edits/filmUses.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';

const idle = () => Promise.resolve(false);

/** Dies by SIGKILL just before the given change of a file's name; locks do not count. */
const dieAt = `
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const at = Number(process.env.AT);
  let count = 0;
  for (const name of ['rename', 'link', 'unlink', 'rm', 'rmdir', 'open']) {
    const real = fs[name];
    fs[name] = async (...args) => {
      const counts = name !== 'open' ? !args.some((arg) => /\\.auteur\\/[^/]*(lock|claim)/.test(String(arg)))
        : args[1] === 'wx' && /imports/.test(String(args[0]));
      if (counts && ++count === at) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    };
  }
  syncBuiltinESMExports();`;

const module = (path: string) => JSON.stringify(join(import.meta.dirname, path));
const work = `
  const { editFilm } = await import(${module('../edits/editFilm.ts')});
  const { planEdit } = await import(${module('../edits/planEdit.ts')});
  const { stageImport } = await import(${module('stageImport.ts')});
  const { finishImport } = await import(${module('finishImport.ts')});
  const { undoEdit, redoEdit } = await import(${module('../history/undo.ts')});
  const root = process.env.ROOT;
  const sources = process.env.SOURCES.split(':');
  const idle = () => Promise.resolve(false);
  const edit = (request) => editFilm(root, (draft) => planEdit(draft, request, idle));
  const request = { id: 'one', sources, target: { category: 'characters' } };
  const hooks = { signal: new AbortController().signal, onProgress: () => undefined };
  const staged = await stageImport(root, request, hooks);
  await finishImport(root, request, staged);
  await staged[Symbol.asyncDispose]();
  await undoEdit(root, idle);
  await redoEdit(root, idle);
  await edit({ kind: 'assignAssets', assets: ['ada', 'emil'], addresses: ['01/01'] });
  await edit({ kind: 'deleteAssets', assets: ['ada'], force: true });
  await undoEdit(root, idle);`;

async function runs(root: string, sources: readonly string[], at: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `${dieAt}${work}`], {
    env: { ...process.env, ROOT: root, SOURCES: sources.join(':'), AT: String(at) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') expect(child.exitCode).toBe(0);
  return child.exitCode === 0;
}

async function all(step: () => Promise<unknown>): Promise<number> {
  for (let count = 0; ; count++) {
    try {
      await step();
    } catch (error) {
      if (AuteurError.is(error, 'nothing-to-undo') || AuteurError.is(error, 'nothing-to-redo')) return count;
      throw error;
    }
  }
}

/** Each asset that the film has is there with its text and its picture, byte for byte. */
async function expectWhole(root: string, sources: readonly string[]): Promise<readonly string[]> {
  const assets = await readAssetViews(root);
  for (const { name, folder, files, problem } of assets) {
    expect(problem).toBeUndefined();
    expect(existsSync(join(root, folder, 'asset.json'))).toBe(true);
    expect(files.map((file) => file.name)).toEqual([`${name}.png`]);
    const source = sources.find((one) => one.endsWith(`/${name}.png`)) ?? '';
    expect(readFileSync(files[0]?.path ?? '').equals(readFileSync(source))).toBe(true);
  }
  return assets.map(({ name }) => name);
}

test(
  'a process killed before any step of an import, a deletion, their undo and redo leaves whole assets',
  { timeout: 300_000 },
  async () => {
    const start = await textFilm();
    const from = tempFolder();
    const sources = [mediaFile(from, 'ada.png'), mediaFile(from, 'emil.png')];
    let at = 1;
    for (let ended = false; !ended; at++) {
      const root = tempFolder();
      cpSync(start, root, { recursive: true });
      ended = await runs(root, sources, at);
      // Whoever asks first settles what the crash has cut short.

      await all(() => redoEdit(root, idle));
      await expectWhole(root, sources);
      await undoEdit(root, idle);
      await redoEdit(root, idle);
      const names = await expectWhole(root, sources);
      expect([[], ['ada', 'emil'], ['emil']]).toContainEqual(names);
      if (names.length === 1) await expect(readAssetUses(root, 'ada')).rejects.toThrow(AuteurError);
    }
    expect(at).toBeGreaterThan(40);
  },
);
