import { categoryWord } from '../../domain/assetPaths.ts';
import { AuteurError } from '../../errors.ts';
import type { AssetId } from '../../model/ids.ts';
import type { EditedNode, EditRequest } from '../../protocol/editRequest.ts';
import { applyOp } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { jsonOf, type FilmOp, type Place } from './filmOp.ts';
import { shotsOfScene } from './filmUses.ts';
import { findAnyAsset, type PlacedAsset } from './findAnyAsset.ts';
import { findNode, type Target } from './findNodes.ts';

type Request = Extract<EditRequest, { kind: 'assignAssets' }>;

interface AssignedShot {
  readonly place: Place;
  readonly characters: readonly AssetId[];
  readonly has: boolean;
  readonly wardrobe: Readonly<Record<string, string>> | undefined;
}

/**
 * Characters join shots, or all shots of a scene; a location or a style is set on shots and scenes, a style on the film.
 * @throws AuteurError `assign-impossible`, `variant-unknown`, `variant-none`, `value-invalid`, `address-unknown`, and what `findAnyAsset` throws
 */
export async function planAssignAssets(draft: FilmDraft, request: Request): Promise<NodesPlan> {
  const assets = request.assets.map((name) => findAnyAsset(draft.project, name));
  const ops: FilmOp[] = [];
  const nodes: EditedNode[] = [];
  for (const address of new Set(request.addresses)) {
    const target = address === '' ? undefined : await findNode(draft, address);
    const made = await opsFor(draft, { assets, target, address, variant: request.variant });
    for (const op of made) await applyOp(draft, op);
    ops.push(...made);
    nodes.push({ address, id: target?.id ?? draft.project.id });
  }
  const [only] = nodes;
  const where =
    nodes.length === 1 ? (only?.address === '' ? 'the film' : only?.address) : `${nodes.length} places`;
  return { summary: `Assign ${assets.map(({ ref }) => ref.name).join(', ')} to ${where ?? ''}`, nodes, ops };
}

interface Assignment {
  readonly assets: readonly PlacedAsset[];
  /** Undefined for the film. */
  readonly target: Target | undefined;
  readonly address: string;
  readonly variant: string | null | undefined;
}

/** Without a variant it is taken away. */
interface Worn {
  readonly id: AssetId;
  readonly variant?: string;
}

async function opsFor(draft: FilmDraft, assignment: Assignment): Promise<readonly FilmOp[]> {
  const { assets, target, address, variant } = assignment;
  const cast = assets.filter(({ category }) => category === 'characters');
  const others = assets.filter(({ category }) => category !== 'characters');
  const ops = others.flatMap((asset) => setOps(draft, asset, { target, address }));
  if (cast.length === 0) return ops;
  const shots = await shotsOfTarget(draft, target, () => impossible(cast[0], address));
  const worn = variant === undefined ? undefined : await variantOf(draft, cast, variant);
  return [...ops, ...shots.flatMap((shot) => castOps(shot, cast, worn))];
}

function castOps(
  { place, characters, has, wardrobe }: AssignedShot,
  cast: readonly PlacedAsset[],
  worn: Worn | undefined,
): readonly FilmOp[] {
  const to = [...new Set([...characters, ...cast.map(({ ref }) => ref.id)])];
  const ops: FilmOp[] = [];
  if (to.length > characters.length)
    ops.push({ op: 'set', place, field: ['characters'], ...(has ? { from: jsonOf(characters) } : {}), to });
  const before = worn && wardrobe?.[worn.id];
  if (worn !== undefined && before !== worn.variant) {
    const from = before === undefined ? {} : { from: before };
    const set = worn.variant === undefined ? {} : { to: worn.variant };
    ops.push({ op: 'set', place, field: ['wardrobe', worn.id], ...from, ...set });
  }
  return ops;
}

async function shotsOfTarget(
  draft: FilmDraft,
  target: Target | undefined,
  refuse: () => AuteurError,
): Promise<readonly AssignedShot[]> {
  if (target?.kind === 'shot') {
    const { place, shot } = target;
    const { characters = [], wardrobe } = shot;
    return [{ place, characters, wardrobe, has: shot.characters !== undefined }];
  }
  if (target?.kind !== 'scene') throw refuse();
  return (await shotsOfScene(draft, target.placed)).map(({ shot, scene }) => ({
    place: { of: 'shot', scene, id: shot.id },
    characters: shot.characters ?? [],
    wardrobe: shot.wardrobe,
    has: shot.characters !== undefined,
  }));
}

function setOps(
  { project }: FilmDraft,
  asset: PlacedAsset,
  { target, address }: { target: Target | undefined; address: string },
): readonly FilmOp[] {
  const { category, ref } = asset;
  if (category === 'music') throw impossible(asset, address);
  const field = category === 'locations' ? 'location' : 'style';
  if (target === undefined) {
    if (field === 'location') throw impossible(asset, address);
    return setOp({ of: 'project' }, ['settings', 'style'], project.settings.style, ref.id);
  }
  if (target.kind === 'chapter') throw impossible(asset, address);
  const before = target.kind === 'shot' ? target.shot[field] : target.placed.scene[field];
  return setOp(target.place, [field], before, ref.id);
}

function setOp(place: Place, field: string[], from: AssetId | undefined, to: AssetId): readonly FilmOp[] {
  if (from === to) return [];
  return [{ op: 'set', place, field, ...(from === undefined ? {} : { from }), to }];
}

async function variantOf(
  draft: FilmDraft,
  cast: readonly PlacedAsset[],
  wanted: string | null,
): Promise<Worn> {
  const [only] = cast;
  if (only !== undefined && cast.length === 1 && wanted === null) return { id: only.ref.id };
  if (only === undefined || cast.length > 1) {
    const reason = 'a wardrobe is that of one character; name one alone.';
    throw new AuteurError('value-invalid', { name: 'wearing', value: wanted ?? '', reason });
  }
  const file = await draft.assetFile(only.category, only.ref.id);
  const variants = file?.value?.wardrobe ?? [];
  const found = variants.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return { id: only.ref.id, variant: found.id };
  const named = { name: only.ref.name, variant: wanted ?? '' };
  if (variants.length === 0) throw new AuteurError('variant-none', named);
  const known = variants.map(({ name }) => name).join(', ');
  throw new AuteurError('variant-unknown', { ...named, known });
}

function impossible(asset: PlacedAsset | undefined, address: string): AuteurError {
  return new AuteurError('assign-impossible', {
    category: categoryWord(asset?.category ?? 'characters'),
    name: asset?.ref.name ?? '',
    where: address === '' ? 'the film' : address,
  });
}
