import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaFile } from '../../../../test/lib/importFiles.ts';
import { endedBefore } from '../../../../test/lib/killedAt.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { AuteurError } from '../../errors.ts';
import { readAssetViews } from '../assetViews.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const module = (path: string) => JSON.stringify(join(import.meta.dirname, path));
const work = `
  const { editFilm } = await import(${module('editFilm.ts')});
  const { planEdit } = await import(${module('planEdit.ts')});
  const { undoEdit, redoEdit } = await import(${module('../history/undo.ts')});
  const root = process.env.ROOT;
  const idle = () => Promise.resolve(false);
  const edit = (request) => editFilm(root, (draft) => planEdit(draft, request, idle));
  await edit({ kind: 'moveAssets', assets: ['Ada', 'Crew'], within: 'Deep/Down', category: 'locations' });
  await undoEdit(root, idle);
  await redoEdit(root, idle);`;

/** An asset of its own, and one with the first within its folder: this one goes file by file. */
async function aFilm(): Promise<string> {
  const root = await textFilm();
  for (const [name, within] of [
    ['Crew', ''],
    ['Ada', 'Crew'],
  ] as const) {
    const request = { kind: 'addAsset', category: 'characters', name, within } as const;
    const { files } = await editFilm(root, (draft) => planEdit(draft, request, idle));
    mediaFile(root, (files.at(-1) ?? '').replace('asset.json', `${name}.png`));
  }
  return root;
}

/** Both assets stand where the film says, with their text and their picture, byte for byte; nothing is anywhere else. */
async function placeOf(root: string, start: string): Promise<string> {
  const assets = await readAssetViews(root);
  for (const { name, folder, files, problem } of assets) {
    expect(problem).toBeUndefined();
    const text = JSON.parse(readFileSync(join(root, folder, 'asset.json'), 'utf8')) as { $schema: string };
    expect(text.$schema).toBe(`${'../'.repeat(folder.split('/').length)}.auteur/asset.schema.json`);
    const picture = files.find((file) => file.name === `${name}.png`)?.path ?? '';
    const original = name === 'Ada' ? 'Crew/Ada/Ada.png' : 'Crew/Crew.png';
    expect(readFileSync(picture)).toEqual(readFileSync(join(start, '01_Assets/Characters', original)));
  }
  const places = new Set(assets.map(({ folder }) => folder.split('/')[1]));
  expect(places.size).toBe(1);
  const [place = ''] = places;
  const all = readdirSync(join(root, '01_Assets'), { recursive: true, withFileTypes: true });
  // A half-written save is nothing of the film; Git ignores it.
  expect(all.filter((entry) => entry.isFile() && !entry.name.startsWith('.save-'))).toHaveLength(4);
  return place;
}

async function isDone(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (AuteurError.is(error, 'nothing-to-redo')) return false;
    throw error;
  }
}

test(
  'a process killed before any step of a move, its undo and its redo leaves whole assets at one place',
  { timeout: 300_000 },
  async () => {
    const start = await aFilm();
    let at = 1;
    for (let ended = false; !ended; at++) {
      const root = tempFolder();
      cpSync(start, root, { recursive: true });
      ended = await endedBefore(at, root, work);
      // Whoever asks first settles what the crash has cut short.
      if (await isDone(() => redoEdit(root, idle))) expect(await placeOf(root, start)).toBe('Locations');
      if ((await placeOf(root, start)) === 'Characters') continue;
      await undoEdit(root, idle);
      expect(await placeOf(root, start)).toBe('Characters');
      await redoEdit(root, idle);
      expect(await placeOf(root, start)).toBe('Locations');
    }
    expect(at).toBeGreaterThan(40);
  },
);
