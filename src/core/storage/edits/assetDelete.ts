import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { categoryWord } from '../../domain/assetPaths.ts';
import { folderKey } from '../../domain/names.ts';
import { AuteurError } from '../../errors.ts';
import type { AssetUse } from '../../model/assetUse.ts';
import type { AssetId } from '../../model/ids.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { kindOf } from '../ownFolder.ts';
import { allScenes } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { applyOp, predecessor } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { FilmOp, jsonOf, type Place } from './filmOp.ts';
import { shotsOfDraft, usesInDraft, type ShotInDraft } from './filmUses.ts';
import { findAnyAsset, placed, type PlacedAsset } from './findAnyAsset.ts';

type Request = Extract<EditRequest, { kind: 'deleteAssets' }>;
type Make = (op: FilmOp) => Promise<void>;

const mostShown = 5;

/**
 * Takes assets out of the film and puts their folders aside, from where undo brings them back.
 * @throws AuteurError `asset-in-use`, and what `findAnyAsset` throws
 */
export async function planDeleteAssets(draft: FilmDraft, { assets, force }: Request): Promise<NodesPlan> {
  const found = new Map(
    assets.map((name) => findAnyAsset(draft.project, name)).map((one) => [one.ref.id, one]),
  );
  const targets = [...found.values()];
  const shots = await shotsOfDraft(draft);
  for (const one of targets) {
    const uses = usesInDraft(draft, shots, one.ref.id);
    if (uses.length > 0 && force !== true) throw inUse(one, uses);
  }
  const ops: FilmOp[] = [];
  const make: Make = async (op) => {
    ops.push(op);
    await applyOp(draft, op);
  };
  const gone = new Set(targets.map(({ ref }) => ref.id));
  await takeOut(draft, shots, gone, make);
  for (const one of targets) await removeRef(draft, one, make);
  const folders = targets.map(({ ref }) => ref.folder);
  for (const [index, path] of (await pathsToTrash(draft, folders, gone)).entries()) {
    const op = FilmOp.safeParse({ op: 'media', path, kept: `trash/${trashId(index)}`, way: 'out' });
    // What a hand-written folder outside the assets holds is not ours to put aside.
    if (op.success) await make(op.data);
  }
  const nodes = targets.map(({ category, ref }) => ({ address: `${category}/${ref.name}`, id: ref.id }));
  return { summary: `Delete ${namesOf(targets)}`, nodes, ops };
}

/** Each in a folder of its own: one edit may put thousands aside. */
function trashId(index: number): string {
  return `${randomUUID()}/${index}`;
}

function namesOf(targets: readonly PlacedAsset[]): string {
  const [only] = targets;
  if (only === undefined) return 'nothing';
  return targets.length === 1
    ? `${categoryWord(only.category)} ${only.ref.name}`
    : `${targets.length} assets`;
}

function inUse({ category, ref }: PlacedAsset, uses: readonly AssetUse[]): AuteurError {
  const places = [...new Set(uses.map(({ kind, address }) => (kind === 'project' ? 'the film' : address)))];
  const more = places.length > mostShown ? ` and ${places.length - mostShown} more` : '';
  const where = `${places.slice(0, mostShown).join(', ')}${more}`;
  return new AuteurError('asset-in-use', { category: categoryWord(category), name: ref.name, where });
}

/** One change for each value, whatever the number of assets that go from it. */
async function takeOut(
  draft: FilmDraft,
  shots: readonly ShotInDraft[],
  gone: ReadonlySet<AssetId>,
  make: Make,
): Promise<void> {
  const { style } = draft.project.settings;
  if (style !== undefined && gone.has(style))
    await make({ op: 'set', place: { of: 'project' }, field: ['settings', 'style'], from: style });
  for (const { scene } of allScenes(draft.project))
    await unset({ of: 'scene', id: scene.id }, scene, gone, make);
  for (const { shot, scene } of shots) {
    const place: Place = { of: 'shot', scene, id: shot.id };
    await unset(place, shot, gone, make);
    const cast = shot.characters;
    const left = cast?.filter((id) => !gone.has(id));
    if (cast !== undefined && left !== undefined && left.length < cast.length)
      await make({ op: 'set', place, field: ['characters'], from: jsonOf(cast), ...orNone(left) });
    for (const [id, worn] of Object.entries(shot.wardrobe ?? {}))
      if ([...gone].some((one) => one === id))
        await make({ op: 'set', place, field: ['wardrobe', id], from: worn });
  }
}

function orNone(left: readonly AssetId[]): { to?: AssetId[] } {
  return left.length === 0 ? {} : { to: [...left] };
}

async function unset(
  place: Place,
  named: { readonly location?: AssetId | undefined; readonly style?: AssetId | undefined },
  gone: ReadonlySet<AssetId>,
  make: Make,
): Promise<void> {
  for (const field of ['location', 'style'] as const) {
    const from = named[field];
    if (from !== undefined && gone.has(from)) await make({ op: 'set', place, field: [field], from });
  }
}

async function removeRef(draft: FilmDraft, { category, ref }: PlacedAsset, make: Make): Promise<void> {
  const members = draft.project.assets[category];
  const value = members.find(({ id }) => id === ref.id);
  if (value === undefined) return;
  const after = predecessor(members, ref.id);
  await make({ op: 'remove', list: { of: 'assets', category }, value, after });
}

/** By their keys, the folders of all assets but some. */
export function foldersOfOthers(draft: FilmDraft, some: ReadonlySet<AssetId>): readonly string[] {
  return placed(draft.project)
    .filter(({ ref }) => !some.has(ref.id))
    .map(({ ref }) => folderKey(ref.folder));
}

/** The folders themselves, or what is in them where another asset lies within. */
async function pathsToTrash(
  draft: FilmDraft,
  folders: readonly string[],
  gone: ReadonlySet<AssetId>,
): Promise<readonly string[]> {
  const kept = foldersOfOthers(draft, gone);
  const unique = [...new Map(folders.map((folder) => [folderKey(folder), folder])).values()];
  const outer = unique.filter(
    (folder) => !unique.some((other) => folderKey(folder).startsWith(`${folderKey(other)}/`)),
  );
  const paths: string[] = [];
  for (const folder of outer) paths.push(...(await freeOf(draft, folder, kept)));
  return paths;
}

/** What of a folder belongs to its asset: all of it, or what is in it where another asset lies within. */
export async function freeOf(
  draft: FilmDraft,
  folder: string,
  kept: readonly string[],
): Promise<readonly string[]> {
  const key = folderKey(folder);
  if (kept.includes(key)) return [];
  const absolute = await resolveInside(draft.root, folder);
  const kind = await kindOf(absolute);
  if (kind === 'nothing') return [];
  if (kind !== 'folder' || !kept.some((other) => other.startsWith(`${key}/`))) return [folder];
  const inner = await readdir(absolute);
  const paths: string[] = [];
  for (const name of inner) paths.push(...(await freeOf(draft, `${folder}/${name}`, kept)));
  return paths;
}
