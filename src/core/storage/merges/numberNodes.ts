import type { NewNumber } from '../../domain/merge/giveNumbers.ts';
import { shotListPath } from '../../domain/numbering.ts';
import type { Chapter } from '../../model/project.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import type { FilmOp, Place } from '../edits/filmOp.ts';
import { freeShotList } from '../newShotList.ts';
import { allScenes, type PlacedScene } from '../projectFiles.ts';
import { draftList } from './draftLists.ts';
import type { OwnSide } from './ownSide.ts';
import { twinsBy } from './twinsBy.ts';

export type Make = (op: FilmOp) => Promise<void>;

/** Makes in the draft that each chapter has a number of its own; that of the current branch keeps it. */
export async function numberChapters(
  draft: FilmDraft,
  side: OwnSide,
  make: Make,
): Promise<readonly NewNumber[]> {
  const given: NewNumber[] = [];
  const twins = twinsBy(draft.project.narrative.chapters, ({ number }) => number);
  for (const [first, ...others] of twins) {
    const found = await side.find([first, ...others], async (film, { id, number }) =>
      has((await film.project())?.narrative.chapters ?? [], { id, number }),
    );
    const kept = found?.own ?? first;
    for (const { id, number: from } of [first, ...others].filter((one) => one.id !== kept.id)) {
      const { nextNumber, chapters } = draft.project.narrative;
      const to = Math.max(nextNumber, ...chapters.map(({ number }) => number + 1));
      await make({ op: 'set', place: { of: 'chapter', id }, field: ['number'], from, to });
      await raise(draft, 'nextNumber', to + 1);
      given.push({ what: 'chapter', id, from, to });
    }
  }
  return given;
}

/** The same of scenes; the shot list of one that gets another number is called by it. */
export async function numberScenes(
  draft: FilmDraft,
  side: OwnSide,
  make: Make,
): Promise<readonly NewNumber[]> {
  const given: NewNumber[] = [];
  for (const [first, ...others] of twinsBy(allScenes(draft.project), ({ scene }) => scene.number)) {
    const found = await side.find([first, ...others], async (film, { scene }) =>
      has(await film.scenes(), scene),
    );
    const kept = found?.own ?? first;
    for (const one of [first, ...others].filter(({ scene }) => scene.id !== kept.scene.id)) {
      const { id, number: from } = one.scene;
      const to = await numberScene(draft, one, make);
      await raise(draft, 'nextSceneNumber', to + 1);
      given.push({ what: 'scene', id, from, to });
    }
  }
  return given;
}

/** @returns the number it has now */
async function numberScene(draft: FilmDraft, placed: PlacedScene, make: Make): Promise<number> {
  const { scene, chapter } = placed;
  const { number, path, ...left } = await freeShotList(draft.root, draft.project, {
    chapter: chapter.number,
  });
  const place: Place = { of: 'scene', id: scene.id };
  const from = scene.shotList;
  const text = (await draftList(draft, placed))?.file.text;
  const isNamedSo = from === shotListPath(chapter.number, scene.number);
  const isShared = allScenes(draft.project).some((one) => one.scene.id !== scene.id && isSame(one, from));
  const moves = text !== undefined && isNamedSo && !isShared;
  if (moves) {
    // Looked at first, so that the draft knows it as the list of the scene.
    await draft.listFile(path);
    await make({ op: 'file', path, ...left, to: text });
  }
  await make({ op: 'set', place, field: ['number'], from: scene.number, to: number });
  if (!moves) return number;
  await make({ op: 'set', place, field: ['shotList'], from, to: path });
  // The manifest comes first: a list that it no longer names is nobody's.
  await make({ op: 'file', path: from, from: text });
  return number;
}

/** On macOS and Windows names that differ in case are one file. */
function isSame({ scene }: PlacedScene, path: string): boolean {
  return scene.shotList.toLowerCase() === path.toLowerCase();
}

type Numbered = Pick<Chapter, 'number'> & { readonly id: string };

export function has(all: readonly Numbered[], { id, number }: Numbered): boolean {
  return all.some((one) => one.id === id && one.number === number);
}

/** No part of the changes that undo takes back: a number that was given stays given. */
async function raise(draft: FilmDraft, counter: string, value: number): Promise<void> {
  const manifest = (await draft.findPlace({ of: 'project' }))?.file;
  manifest?.edit([{ path: ['narrative', counter], value }]);
}
