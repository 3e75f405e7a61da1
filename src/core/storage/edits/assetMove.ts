import { categoryFolders, categoryWord } from '../../domain/assetPaths.ts';
import { extensionOf, typesOf } from '../../domain/mediaTypes.ts';
import { folderKey } from '../../domain/names.ts';
import { AuteurError } from '../../errors.ts';
import type { AssetCategory } from '../../model/project.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { assetFiles } from '../imports/assetFiles.ts';
import { readFolder } from '../locate.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { applyOp, predecessor } from './applyOp.ts';
import { foldersOfOthers, freeOf } from './assetDelete.ts';
import { requireFreeName } from './assetEdit.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { FilmOp } from './filmOp.ts';
import { shotsOfDraft, usesInDraft } from './filmUses.ts';
import { findAnyAsset, placed, type PlacedAsset } from './findAnyAsset.ts';
import { groupFolder, schemaReference, takeFolder, takenFolders } from './newAsset.ts';

type Request = Extract<EditRequest, { kind: 'moveAssets' }>;

/** One asset that goes elsewhere. */
interface Moved extends PlacedAsset {
  readonly into: AssetCategory;
  readonly folder: RelativePath;
  /** What of its folder goes with it, each from where it is to where it goes. */
  readonly relocations: readonly FilmOp[];
}

/**
 * Takes assets with their files to another folder or category; whatever names them does so by id.
 * @throws AuteurError `asset-move-impossible`, `asset-exists`, `value-invalid`, and what `findAnyAsset` throws
 */
export async function planMoveAssets(draft: FilmDraft, request: Request): Promise<NodesPlan> {
  const found = new Map(
    request.assets.map((name) => findAnyAsset(draft.project, name)).map((one) => [one.ref.id, one]),
  );
  const destinations = new Destinations(draft, request.within);
  const moved: Moved[] = [];
  const ops: FilmOp[] = [];
  const make = async (op: FilmOp): Promise<void> => {
    ops.push(op);
    await applyOp(draft, op);
  };
  for (const one of found.values()) {
    const target = await placeOf(draft, one, { destinations, request });
    if (target === undefined) continue;
    moved.push(target);
    // First of all: where a file is held open, nothing else has happened yet.
    for (const op of target.relocations) await make(op);
  }
  for (const one of moved) for (const op of refOps(draft, one)) await make(op);
  for (const one of moved) for (const op of await textOps(draft, one)) await make(op);
  const nodes = [...found.values()].map(({ category, ref }) => ({
    address: `${request.category ?? category}/${ref.name}`,
    id: ref.id,
  }));
  return { summary: summaryOf(moved), nodes, ops };
}

function summaryOf(moved: readonly Moved[]): string {
  const [first] = moved;
  if (first === undefined) return 'Move nothing';
  const what =
    moved.length === 1 ? `${categoryWord(first.category)} ${first.ref.name}` : `${moved.length} assets`;
  return `Move ${what} to ${shownPlace(parentOf(first.folder))}`;
}

/** `Characters/Crew`, as the trees show it. */
function shownPlace(folder: string): string {
  return folder.replace(/^01_Assets\//, '');
}

function parentOf(folder: string): string {
  return folder.split('/').slice(0, -1).join('/');
}

interface Asked {
  readonly destinations: Destinations;
  readonly request: Request;
}

/** @returns undefined where it is there already */
async function placeOf(
  draft: FilmDraft,
  one: PlacedAsset,
  { destinations, request }: Asked,
): Promise<Moved | undefined> {
  const { category, ref } = one;
  const into = request.category ?? category;
  const { parent, taken } = await destinations.in(into);
  const key = folderKey(ref.folder);
  if (into === category && folderKey(parentOf(ref.folder)) === folderKey(parent)) return undefined;
  const refuse = (reason: string): AuteurError =>
    new AuteurError('asset-move-impossible', {
      category: categoryWord(category),
      name: ref.name,
      to: shownPlace(parent),
      reason,
    });
  if (`${folderKey(parent)}/`.startsWith(`${key}/`))
    throw refuse('this folder lies within the folder of the asset itself.');
  const others = foldersOfOthers(draft, new Set([ref.id]));
  if (others.includes(key)) throw refuse('another asset has the same folder.');
  if (into !== category) await requireFitting(draft, one, { into, refuse });
  const kind = await kindOf(await resolveInside(draft.root, ref.folder));
  if (kind !== 'folder' && kind !== 'nothing') throw refuse(`${ref.folder} is no folder.`);
  const folder = takeFolder(taken, parent, ref.folder.split('/').at(-1) ?? ref.name);
  const paths = await freeOf(draft, ref.folder, others);
  const relocations = paths.map((from) => {
    const op = FilmOp.safeParse({ op: 'relocate', from, to: `${folder}${from.slice(ref.folder.length)}` });
    if (op.success) return op.data;
    throw refuse(`its folder ${ref.folder} is no folder of the film's assets.`);
  });
  return { ...one, into, folder, relocations };
}

/** @throws AuteurError `asset-exists`, and what `refuse` makes */
async function requireFitting(
  draft: FilmDraft,
  { category, ref }: PlacedAsset,
  { into, refuse }: { into: AssetCategory; refuse: (reason: string) => AuteurError },
): Promise<void> {
  requireFreeName(draft, into, ref.name);
  const [use] = usesInDraft(draft, await shotsOfDraft(draft), ref.id);
  if (use !== undefined) {
    const where = use.kind === 'project' ? 'the film' : use.address;
    throw refuse(`it is used as a ${categoryWord(category)} in ${where}. Take it out there first.`);
  }
  const files = await assetFiles(await resolveInside(draft.root, ref.folder));
  const [fitting, present] = [new Set(typesOf(into)), new Set(typesOf(category))];
  const misfit = files.find(({ name }) => {
    const extension = extensionOf(name);
    return present.has(extension) && !fitting.has(extension);
  });
  if (misfit !== undefined)
    throw refuse(`${into} take ${into === 'music' ? 'sound' : 'pictures'}, and it has ${misfit.name}.`);
}

function refOps(draft: FilmDraft, { category, ref, into, folder }: Moved): readonly FilmOp[] {
  const members = draft.project.assets[category];
  const value = members.find(({ id }) => id === ref.id);
  if (value === undefined) return [];
  if (into === category) {
    const place = { of: 'asset', category, id: ref.id } as const;
    return [{ op: 'set', place, field: ['folder'], from: ref.folder, to: folder }];
  }
  const after = draft.project.assets[into].at(-1)?.id ?? null;
  return [
    { op: 'remove', list: { of: 'assets', category }, value, after: predecessor(members, ref.id) },
    { op: 'insert', list: { of: 'assets', category: into }, value: { ...value, folder }, after },
  ];
}

/** The schema beside the film is as many steps up as the text lies deep. */
async function textOps(draft: FilmDraft, { ref, into, folder }: Moved): Promise<readonly FilmOp[]> {
  const from = (await draft.assetFile(into, ref.id))?.value?.$schema;
  const to = schemaReference(folder);
  if (from !== schemaReference(ref.folder) || from === to) return [];
  return [
    { op: 'set', place: { of: 'assetText', category: into, id: ref.id }, field: ['$schema'], from, to },
  ];
}

/** The folders that assets go to, one in each category, with the names that are taken there. */
class Destinations {
  readonly #draft: FilmDraft;
  readonly #within: string;
  readonly #known = new Map<AssetCategory, { readonly parent: RelativePath; readonly taken: Set<string> }>();

  constructor(draft: FilmDraft, within: string) {
    this.#draft = draft;
    this.#within = within;
  }

  async in(category: AssetCategory): Promise<{ readonly parent: RelativePath; readonly taken: Set<string> }> {
    const known = this.#known.get(category);
    if (known !== undefined) return known;
    const parent = await this.#parent(category);
    const made = { parent, taken: await takenFolders(this.#draft, parent) };
    this.#known.set(category, made);
    return made;
  }

  /** Spelled as the folder that is there already: on other systems two spellings would be one folder. */
  async #parent(category: AssetCategory): Promise<RelativePath> {
    const wanted = groupFolder(category, this.#within);
    let parent = RelativePath.parse(categoryFolders[category]);
    for (const step of wanted
      .slice(parent.length)
      .split('/')
      .filter((one) => one !== '')) {
      const names = await this.#namesIn(parent);
      const name =
        names.find((one) => one === step) ?? names.find((one) => folderKey(one) === folderKey(step));
      parent = RelativePath.parse(`${parent}/${name ?? step}`);
      const kind = await kindOf(await resolveInside(this.#draft.root, parent));
      if (kind === 'folder' || kind === 'nothing') continue;
      throw new AuteurError('value-invalid', {
        name: 'folder',
        value: shownPlace(parent),
        reason: 'it is no folder.',
      });
    }
    return parent;
  }

  async #namesIn(parent: RelativePath): Promise<readonly string[]> {
    const onDisk = await readFolder(await resolveInside(this.#draft.root, parent));
    const inFilm = placed(this.#draft.project).flatMap(({ ref }) =>
      folderKey(ref.folder).startsWith(`${folderKey(parent)}/`)
        ? (ref.folder.slice(parent.length + 1).split('/')[0] ?? [])
        : [],
    );
    return [...onDisk, ...inFilm];
  }
}
