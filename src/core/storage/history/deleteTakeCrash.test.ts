import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { endedBefore } from '../../../../test/lib/killedAt.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { AuteurError } from '../../errors.ts';
import { Take } from '../../model/take.ts';
import { formatJson } from '../jsonFile.ts';
import { findShot, readProject } from '../projectFiles.ts';
import { redoEdit, undoEdit } from './undo.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const sidecar = `${folder}/S01_S01_take01.json`;
const media = [`${folder}/S01_S01_take01.png`, `${folder}/S01_S01_take01_b.png`];
const idle = () => Promise.resolve(false);

const module = (path: string) => JSON.stringify(join(import.meta.dirname, path));
const work = `
  const { editFilm } = await import(${module('../edits/editFilm.ts')});
  const { planEdit } = await import(${module('../edits/planEdit.ts')});
  const { undoEdit, redoEdit } = await import(${module('undo.ts')});
  const root = process.env.ROOT;
  const idle = () => Promise.resolve(false);
  const request = { kind: 'deleteTakes', takes: [{ address: '01/01/01', take: 1 }], deactivate: true };
  await editFilm(root, (draft) => planEdit(draft, request, idle));
  await undoEdit(root, idle);
  await redoEdit(root, idle);`;

async function aFilm(): Promise<string> {
  const root = await textFilm();
  const { value } = await readProject(root);
  const { shot, list } = await findShot(root, value, '01/01/01');
  mkdirSync(join(root, folder), { recursive: true });
  const [first] = aTake({ number: 1 }).files;
  const files = media.map((path) => ({ ...first, name: path.slice(folder.length + 1) }));
  const take = aTake({ number: 1, shotId: shot.id, files });
  writeFileSync(join(root, sidecar), formatJson(take));
  for (const path of media) writeFileSync(join(root, path), path);
  writeFileSync(list.path, list.text.replace('"folder"', `"activeTake": "${take.id}", "folder"`));
  return root;
}

/** The take is there with all its media, or deleted with none of them; and the history brings one to the other. */
async function expectWhole(root: string, isDeleted: boolean): Promise<void> {
  const take = Take.parse(JSON.parse(readFileSync(join(root, sidecar), 'utf8')));
  expect(take.deleted !== undefined).toBe(isDeleted);
  expect(media.map((path) => existsSync(join(root, path)))).toEqual(media.map(() => !isDeleted));
  const { shot } = await findShot(root, (await readProject(root)).value, '01/01/01');
  expect(shot.activeTake).toBe(isDeleted ? undefined : take.id);
}

async function isDone(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (AuteurError.is(error, 'nothing-to-redo') || AuteurError.is(error, 'nothing-to-undo')) return false;
    throw error;
  }
}

test(
  'a process killed before any step of deleting a take, its undo and its redo loses no file',
  { timeout: 300_000 },
  async () => {
    const start = await aFilm();
    let at = 1;
    for (let ended = false; !ended; at++) {
      const root = tempFolder();
      cpSync(start, root, { recursive: true });
      ended = await endedBefore(at, root, work);
      // Whoever asks first settles what the crash has cut short.
      const redone = await isDone(() => redoEdit(root, idle));
      const take = Take.parse(JSON.parse(readFileSync(join(root, sidecar), 'utf8')));
      await expectWhole(root, take.deleted !== undefined);
      if (redone) expect(take.deleted).toBeDefined();
      if (take.deleted !== undefined) {
        await undoEdit(root, idle);
        await expectWhole(root, false);
        await redoEdit(root, idle);
        await expectWhole(root, true);
      }
    }
    expect(at).toBeGreaterThan(20);
  },
);
