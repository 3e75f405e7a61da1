import { equalValues, isFields } from '../../domain/merge/equalValues.ts';
import { ValueMerge, type Disagreement } from '../../domain/merge/mergeValues.ts';
import type { Scene } from '../../model/project.ts';
import type { Shot } from '../../model/shotList.ts';
import { predecessor } from '../edits/applyOp.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import { jsonOf, type List, type Member, type Place } from '../edits/filmOp.ts';
import { allScenes } from '../projectFiles.ts';
import { draftLists } from './draftLists.ts';
import type { FormerFilm } from './formerFilm.ts';
import type { Make } from './numberNodes.ts';
import type { OwnSide } from './ownSide.ts';
import { twinsBy } from './twinsBy.ts';

/** Where something stood a second time, and was taken out. */
export interface TakenOut {
  readonly what: 'scene' | 'shot';
  readonly id: string;
  /** Id of the chapter or scene it was in. */
  readonly parent: string;
  readonly number: number;
}

export interface KeptPlaces {
  readonly takenOut: readonly TakenOut[];
  readonly disagreements: readonly Disagreement[];
}

/** One of the places in which something stands. */
interface Standing {
  readonly what: TakenOut['what'];
  readonly parent: string;
  readonly list: List;
  readonly place: Place;
  readonly value: Member & { readonly number: number };
}

/** What belongs to the place and not to what stands there. */
const ofPlace = new Set(['number', 'folder', 'shotList']);

/**
 * Makes in the draft that a scene or a shot which two branches have moved to two places stands in one of them: in that
 * of the current branch. What the other branch has changed of it is taken over.
 */
export async function keepOnePlace(draft: FilmDraft, side: OwnSide, make: Make): Promise<KeptPlaces> {
  const merge = new ValueMerge();
  const takenOut: TakenOut[] = [];
  for (const findAll of [scenePlaces, shotPlaces]) {
    for (const all of twinsBy(await findAll(draft), keyOf)) {
      const found = await side.find(all, hadThere);
      const kept = found?.own ?? all[0];
      const base = await formerOf(kept, await found?.base());
      for (const other of all.filter(({ parent }) => parent !== kept.parent)) {
        const merged = merge.merge({ base, ours: bare(kept.value), theirs: bare(other.value) }, [
          `${other.what}s`,
          { key: other.value.id },
        ]);
        const members = (await draft.findList(other.list))?.value ?? [];
        const after = predecessor(members, other.value.id);
        const remove = { op: 'remove', list: other.list, value: other.value, after } as const;
        // In one file, and a scene is found by its id alone.
        if (other.what === 'scene') await make(remove);
        await takeOver(kept, merged, make);
        // In two files: a crash in between must find the shot in both.
        if (other.what === 'shot') await make(remove);
        const { what, parent, value } = other;
        takenOut.push({ what, id: value.id, parent, number: value.number });
      }
    }
  }
  return { takenOut, disagreements: merge.disagreements };
}

/** A shot with a folder of its own is a copy that somebody has made by hand, and not taken out. */
function keyOf({ what, value }: Standing): string {
  return JSON.stringify([what, value.id, value[what === 'shot' ? 'folder' : 'shotList']]);
}

function scenePlaces(draft: FilmDraft): Promise<readonly Standing[]> {
  const places = allScenes(draft.project).map(({ chapter, scene }): Standing => {
    const place: Place = { of: 'scene', id: scene.id };
    const list: List = { of: 'scenes', chapter: chapter.id };
    return { what: 'scene', parent: chapter.id, list, place, value: scene };
  });
  return Promise.resolve(places);
}

async function shotPlaces(draft: FilmDraft): Promise<readonly Standing[]> {
  return (await draftLists(draft)).flatMap(({ placed, file }) =>
    (file.value?.shots ?? []).map((value): Standing => {
      const { id: scene } = placed.scene;
      const place: Place = { of: 'shot', scene, id: value.id };
      return { what: 'shot', parent: scene, list: { of: 'shots', scene }, place, value };
    }),
  );
}

async function hadThere(film: FormerFilm, { list, value }: Standing): Promise<boolean> {
  return (await membersOf(film, list)).some(({ id }) => id === value.id);
}

async function membersOf(film: FormerFilm, list: List): Promise<readonly (Scene | Shot)[]> {
  if (list.of === 'shots') return film.shotsOf(list.scene);
  const chapters = (await film.project())?.narrative.chapters ?? [];
  return list.of === 'scenes' ? (chapters.find(({ id }) => id === list.chapter)?.scenes ?? []) : [];
}

/** As it was before both branches moved it. */
async function formerOf({ place }: Standing, base: FormerFilm | undefined): Promise<unknown> {
  if (base === undefined) return undefined;
  if (place.of === 'shot') return bare(await base.shot(place.id));
  return place.of === 'scene' ? bare((await base.scenes()).find(({ id }) => id === place.id)) : undefined;
}

function bare(value: object | undefined): object | undefined {
  return value && Object.fromEntries(Object.entries(value).filter(([name]) => !ofPlace.has(name)));
}

async function takeOver({ place, value }: Standing, merged: unknown, make: Make): Promise<void> {
  const fields = new Map(Object.entries(isFields(merged) ? merged : {}));
  for (const name of new Set([...Object.keys(bare(value) ?? {}), ...fields.keys()])) {
    const [from, to] = [value[name], fields.get(name)];
    if (equalValues(from, to)) continue;
    const change = {
      ...(from === undefined ? {} : { from: jsonOf(from) }),
      ...(to === undefined ? {} : { to: jsonOf(to) }),
    };
    await make({ op: 'set', place, field: [name], ...change });
  }
}
