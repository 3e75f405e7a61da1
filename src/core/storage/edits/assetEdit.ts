import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { assetFieldOf, assetFields } from '../../domain/assetFields.ts';
import type { AssetFieldName } from '../../domain/assetForms.ts';
import { assetTextPath, categoryWord } from '../../domain/assetPaths.ts';
import { excerpt } from '../../domain/excerpt.ts';
import { AuteurError } from '../../errors.ts';
import { newId, AssetId } from '../../model/ids.ts';
import type { AssetCategory } from '../../model/project.ts';
import type { RelativePath } from '../../model/relativePath.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { mediaState } from '../lfs.ts';
import { resolveInside } from '../projectPath.ts';
import { planOf, type NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { FilmOp } from './filmOp.ts';
import { findAnyAsset, placed, type PlacedAsset } from './findAnyAsset.ts';
import { groupFolder, newAsset, takeFolder, takenFolders } from './newAsset.ts';
import { requireTitle } from './requireTitle.ts';

type Json = z.core.util.JSONType;
type Request<K extends EditRequest['kind']> = Extract<EditRequest, { kind: K }>;

/** @throws AuteurError `value-invalid`, `field-unknown`, `asset-exists` */
export async function planAddAsset(draft: FilmDraft, request: Request<'addAsset'>): Promise<NodesPlan> {
  const { category } = request;
  const name = requireFreeName(draft, category, request.name);
  const values = Object.fromEntries(
    Object.entries(request.values ?? {}).flatMap(([key, value]) => {
      const field = assetFieldOf(key);
      return value === null || field === 'name' ? [] : [[field, checked(field, value, undefined)]];
    }),
  );
  const parent = groupFolder(category, request.within);
  const folder = takeFolder(await takenFolders(draft, parent), parent, name);
  const { id, text } = newAsset(name, folder, values);
  return planOf(draft, {
    summary: `Add ${categoryWord(category)} ${name}`,
    node: { address: `${category}/${name}`, id },
    ops: insertOps(draft, category, [{ value: { id, name, folder }, text }]),
  });
}

/** The manifest comes first: what it names is made after a crash, what it does not name would be nobody's. */
export function insertOps(
  draft: FilmDraft,
  category: AssetCategory,
  made: readonly {
    readonly value: { id: string; name: string; folder: RelativePath };
    readonly text: string;
  }[],
): readonly FilmOp[] {
  const last = draft.project.assets[category].at(-1)?.id ?? null;
  return made.flatMap(({ value, text }, index): FilmOp[] => [
    { op: 'insert', list: { of: 'assets', category }, value, after: made[index - 1]?.value.id ?? last },
    { op: 'file', path: assetTextPath(value.folder), to: text },
  ]);
}

/** @throws AuteurError `value-invalid`, `field-unknown`, `asset-exists`, and what `findAnyAsset` throws */
export async function planSetAsset(
  draft: FilmDraft,
  { asset, values }: Request<'setAsset'>,
): Promise<NodesPlan> {
  const found = findAnyAsset(draft.project, asset);
  const ops: FilmOp[] = [];
  for (const [key, value] of Object.entries(values))
    ops.push(...(await setOps(draft, found, assetFieldOf(key), value)));
  const text = await textOp(draft, found);
  const needsText = ops.some((op) => op.op === 'set' && op.place.of === 'assetText');
  const { category, ref } = found;
  return planOf(draft, {
    summary: summaryOf(found, values),
    node: { address: `${category}/${ref.name}`, id: ref.id },
    ops: [...(needsText && text !== undefined ? [text] : []), ...ops],
  });
}

function summaryOf({ category, ref }: PlacedAsset, values: Readonly<Record<string, Json>>): string {
  const names = Object.keys(values);
  const name = values['name'];
  if (typeof name === 'string' && names.length === 1)
    return `Rename ${categoryWord(category)} ${ref.name}: ${name.trim()}`;
  return `Set ${names.join(', ')} of ${categoryWord(category)} ${ref.name}`;
}

/** An asset that was known by its name alone gets a text of its own. */
async function textOp(draft: FilmDraft, { category, ref }: PlacedAsset): Promise<FilmOp | undefined> {
  const file = await draft.assetFile(category, ref.id);
  if (file?.text !== undefined) return undefined;
  const path = assetTextPath(ref.folder);
  const { text } = newAsset(ref.name, ref.folder, { id: ref.id });
  return { op: 'file', path, to: text };
}

async function setOps(
  draft: FilmDraft,
  { category, ref }: PlacedAsset,
  field: AssetFieldName,
  value: Json,
): Promise<readonly FilmOp[]> {
  const file = await draft.assetFile(category, ref.id);
  const text = { of: 'assetText', category, id: ref.id } as const;
  if (field === 'name') {
    const to = typeof value === 'string' ? value.trim() : '';
    if (to === ref.name && (file?.value === undefined || file.value.name === to)) return [];
    const name = to === ref.name ? to : requireFreeName(draft, category, to, ref.id);
    const ops: FilmOp[] = [
      { op: 'set', place: { of: 'asset', category, id: ref.id }, field: ['name'], from: ref.name, to: name },
    ];
    // The manifest has the name too, so a text is not made for it.
    if (file?.value !== undefined)
      ops.push({ op: 'set', place: text, field: ['name'], from: file.value.name, to: name });
    return ops;
  }
  const known: unknown = file?.value?.[field];
  const from = z.json().optional().parse(known);
  const to = value === null ? undefined : checked(field, value, from);
  if (field === 'references' && to !== undefined) await requireFiles(draft, ref.folder, to);
  if (isDeepStrictEqual(from, to)) return [];
  const change = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return [{ op: 'set', place: text, field: [field], ...change }];
}

function checked(field: AssetFieldName, value: Json, known: unknown): Json {
  const whole = field === 'wardrobe' ? withIds(value, known) : value;
  const parsed = z.safeParse(assetFields[field], whole);
  if (parsed.success && parsed.data !== undefined) return z.json().parse(parsed.data);
  throw new AuteurError('value-invalid', {
    name: field,
    value: excerpt(asTyped(value)),
    reason: parsed.error?.issues[0]?.message ?? 'wrong value',
  });
}

/** As it is typed: words with commas, what is worn with semicolons. */
function asTyped(value: Json): string {
  if (typeof value === 'string') return value;
  const words = z.array(z.string()).safeParse(value).data;
  if (words !== undefined) return words.join(', ');
  const worn = z.array(Worn).safeParse(value).data;
  return worn?.map(lineOf).join('; ') ?? JSON.stringify(value);
}

const Worn = z.object({ name: z.string(), description: z.string().optional() });

function lineOf({ name, description }: z.infer<typeof Worn>): string {
  return description === undefined ? name : `${name}: ${description}`;
}

const Named = z.looseObject({ id: z.string().optional(), name: z.string() });

/** A variant keeps its id, which shots name it by, and what is not typed with it, as long as it keeps its name. */
function withIds(value: Json, known: unknown): unknown {
  const before = z.array(Named).safeParse(known).data ?? [];
  const variants = z.array(Named).safeParse(value);
  if (!variants.success) return value;
  return variants.data.map((variant) => {
    const same = before.find(({ id, name }) => (variant.id ?? id) === id && name === variant.name);
    const kept = Object.entries(same ?? {}).filter(([key]) => key !== 'description');
    return { id: newId(AssetId), ...Object.fromEntries(kept), ...variant };
  });
}

async function requireFiles(draft: FilmDraft, folder: string, value: Json): Promise<void> {
  for (const name of z.array(z.string()).parse(value)) {
    const path = `${folder}/${name}`;
    if ((await mediaState(await resolveInside(draft.root, path))) === 'missing')
      throw new AuteurError('value-invalid', {
        name: 'references',
        value: name,
        reason: `there is no such file in ${folder}`,
      });
  }
}

/**
 * Two assets of one name in one category could not be told apart in a list.
 * @throws AuteurError `value-invalid`, `asset-exists`
 */
export function requireFreeName(
  draft: FilmDraft,
  category: AssetCategory,
  typed: string,
  own?: AssetId,
): string {
  const name = requireTitle(typed, 'name');
  const isTaken = placed(draft.project).some(
    (one) => one.category === category && one.ref.id !== own && sameName(one.ref.name, name),
  );
  if (isTaken) throw new AuteurError('asset-exists', { category: categoryWord(category), name });
  return name;
}

function sameName(one: string, other: string): boolean {
  return one.normalize('NFC') === other.normalize('NFC');
}
