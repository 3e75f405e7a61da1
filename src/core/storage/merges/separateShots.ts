import { equalValues } from '../../domain/merge/equalValues.ts';
import type { NewNumber } from '../../domain/merge/giveNumbers.ts';
import { slateCode } from '../../model/address.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { Shot } from '../../model/shotList.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { draftLists, type DraftList } from './draftLists.ts';
import { ifReadable } from './ifReadable.ts';
import { has } from './numberNodes.ts';
import type { OwnSide } from './ownSide.ts';
import { twinsBy } from './twinsBy.ts';

export interface SeparatedShots {
  readonly newNumbers: readonly NewNumber[];
  /** Shots whose takes lie elsewhere than they belong now. */
  readonly newFolders: ReadonlySet<Shot['id']>;
}

/** Makes in the draft that each shot has a number and a folder of its own; that of the current branch keeps them. */
export async function separateShots(draft: FilmDraft, side: OwnSide): Promise<SeparatedShots> {
  const newNumbers: NewNumber[] = [];
  for (const one of await draftLists(draft)) {
    takeOutCopies(draft, one);
    newNumbers.push(...(await numberShots(draft, one, side)));
  }
  const renumbered = new Set(newNumbers.map(({ id }) => id));
  return { newNumbers, newFolders: await separateFolders(draft, side, renumbered) };
}

/** A shot that both branches have put elsewhere in one list; of two that differ in anything the user decides. */
function takeOutCopies(draft: FilmDraft, { file }: DraftList): void {
  const shots = file.value?.shots ?? [];
  const copies = shots.flatMap((shot, index) =>
    shots.slice(0, index).some((one) => equalValues(one, shot)) ? [index] : [],
  );
  edit(
    draft,
    file,
    copies.toReversed().map((index) => ({ path: ['shots', index], value: undefined })),
  );
}

async function numberShots(
  draft: FilmDraft,
  { placed, file }: DraftList,
  side: OwnSide,
): Promise<readonly NewNumber[]> {
  const given: NewNumber[] = [];
  for (const twins of twinsBy(file.value?.shots ?? [], ({ number }) => number)) {
    const found = await side.find(twins, async (film, shot) =>
      has(await film.shotsOf(placed.scene.id), shot),
    );
    const kept = found?.own ?? twins[0];
    for (const { id, number: from } of twins.filter((one) => one.id !== kept.id)) {
      const { nextNumber = 1, shots = [] } = file.value ?? {};
      const to = Math.max(nextNumber, ...shots.map(({ number }) => number + 1));
      edit(draft, file, [
        { path: ['shots', shots.findIndex((shot) => shot.id === id), 'number'], value: to },
        { path: ['nextNumber'], value: to + 1 },
      ]);
      given.push({ what: 'shot', id, from, to });
    }
  }
  return given;
}

interface Holder extends DraftList {
  readonly shot: Shot;
}

async function separateFolders(
  draft: FilmDraft,
  side: OwnSide,
  renumbered: ReadonlySet<string>,
): Promise<ReadonlySet<Shot['id']>> {
  const lists = await draftLists(draft);
  const all = lists.flatMap((one) => (one.file.value?.shots ?? []).map((shot): Holder => ({ ...one, shot })));
  const taken = new Set(all.map(({ shot }) => shot.folder.toLowerCase()));
  const moved = new Set<Shot['id']>();
  for (const twins of twinsBy(all, ({ shot }) => shot.folder)) {
    // What lies behind a link that leads out is told, and not touched.
    if ((await ifReadable(resolveInside(draft.root, twins[0].shot.folder))) === undefined) continue;
    const old = twins.filter(({ shot }) => !renumbered.has(shot.id));
    const found =
      old.length === 1
        ? old[0]
        : (
            await side.find(
              twins,
              async (film, { shot }) => (await film.shot(shot.id))?.folder === shot.folder,
            )
          )?.own;
    const kept = found ?? twins[0];
    for (const one of twins.filter(({ shot }) => shot.id !== kept.shot.id)) {
      await giveFolder(draft, one, taken);
      moved.add(one.shot.id);
    }
  }
  return moved;
}

/** Called by its number; where that folder is there, by the next number of its list, which is then given. */
async function giveFolder(draft: FilmDraft, { file, shot }: Holder, taken: Set<string>): Promise<void> {
  const { nextNumber = 1, shots = [] } = file.value ?? {};
  let number = shot.number;
  let next = nextNumber;
  let folder = folderOf(shot, number);
  while (taken.has(folder.toLowerCase()) || (await isOnDisk(draft, folder))) {
    number = next++;
    folder = folderOf(shot, number);
  }
  taken.add(folder.toLowerCase());
  edit(draft, file, [
    { path: ['shots', shots.findIndex(({ id }) => id === shot.id), 'folder'], value: folder },
    ...(next > nextNumber ? [{ path: ['nextNumber'], value: next }] : []),
  ]);
}

function folderOf({ folder }: Shot, number: number): RelativePath {
  const name = `Shot_${slateCode(number)}`;
  return RelativePath.parse(
    /\/Shot_\d+$/.test(folder) ? folder.replace(/Shot_\d+$/, name) : `${folder}/${name}`,
  );
}

async function isOnDisk(draft: FilmDraft, folder: string): Promise<boolean> {
  return (await kindOf(await resolveInside(draft.root, folder))) !== 'nothing';
}

function edit(draft: FilmDraft, file: DraftList['file'], edits: Parameters<typeof file.edit>[0]): void {
  if (edits.length === 0) return;
  file.edit(edits);
  draft.touched(file.path);
}
