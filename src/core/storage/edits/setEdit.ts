import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { excerpt } from '../../domain/excerpt.ts';
import { asTyped, type NodeKind } from '../../domain/fieldForms.ts';
import { fieldOf, type Field } from '../../domain/fields.ts';
import { AuteurError } from '../../errors.ts';
import { Title } from '../../model/title.ts';
import { applyOp, valueOf } from './applyOp.ts';
import { findAsset, findAssets } from './assetNames.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { OpOf, Place } from './filmOp.ts';
import { findNode } from './findNodes.ts';
import { requireTitle } from './requireTitle.ts';

type Values = Readonly<Record<string, z.core.util.JSONType>>;

interface SetTarget {
  readonly kind: NodeKind;
  readonly address: string;
  readonly id: string;
  readonly place: Place;
}

/**
 * Sets values of the film (an empty address) or of chapters, scenes and shots.
 * @throws AuteurError `address-unknown`, `field-unknown`, `value-invalid`, `asset-unknown`
 */
export async function planSet(
  draft: FilmDraft,
  { addresses, values }: { readonly addresses: readonly string[]; readonly values: Values },
): Promise<NodesPlan> {
  const targets = await Promise.all([...new Set(addresses)].map((address) => target(draft, address)));
  const ops: OpOf<'set'>[] = [];
  for (const one of targets) {
    for (const [name, value] of Object.entries(values)) {
      const op = await setOp(draft, one, { name, value });
      if (op !== undefined) ops.push(op);
    }
  }
  for (const op of ops) await applyOp(draft, op);
  const nodes = targets.map(({ address, id }) => ({ address, id }));
  return { summary: summaryOf(targets, values), nodes, ops };
}

async function target(draft: FilmDraft, address: string): Promise<SetTarget> {
  if (address !== '') return findNode(draft, address);
  return { kind: 'project', address, id: draft.project.id, place: { of: 'project' } };
}

async function setOp(
  draft: FilmDraft,
  { kind, place }: SetTarget,
  { name, value }: { name: string; value: z.core.util.JSONType },
): Promise<OpOf<'set'> | undefined> {
  const field = fieldOf(kind, name);
  const path = [...field.path];
  const from = z
    .json()
    .optional()
    .parse(await valueOf(draft, { op: 'set', place, field: path }));
  const to = value === null ? undefined : checked(field, name, withIds(draft, field, value));
  if (to === undefined && field.required === true) throw refused(name, '', 'it cannot be empty.');
  if (isDeepStrictEqual(from, to)) return undefined;
  return {
    op: 'set',
    place,
    field: path,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function withIds({ project }: FilmDraft, field: Field, value: z.core.util.JSONType): z.core.util.JSONType {
  if (field.form === 'asset' && typeof value === 'string') return findAsset(project, field.category, value);
  if (field.form !== 'assets') return value;
  if (typeof value === 'string') return [...new Set(findAssets(project, field.category, value))];
  if (!Array.isArray(value)) return value;
  const ids = value.map((one) => (typeof one === 'string' ? findAsset(project, field.category, one) : one));
  return [...new Set(ids)];
}

function checked(field: Field, name: string, value: z.core.util.JSONType): z.core.util.JSONType {
  if (field.schema === Title && typeof value === 'string') return requireTitle(value, name);
  const parsed = z.safeParse(field.schema, value);
  if (parsed.success) return z.json().parse(parsed.data);
  const reason = parsed.error.issues[0]?.message ?? 'wrong value.';
  throw refused(
    name,
    asTyped(field, value),
    field.form === 'choice' ? `choose one of ${field.choices.join(', ')}.` : reason,
  );
}

function refused(name: string, value: string, reason: string): AuteurError {
  return new AuteurError('value-invalid', { name, value: excerpt(value), reason });
}

function summaryOf(targets: readonly SetTarget[], values: Values): string {
  const names = Object.keys(values).join(', ');
  const [only] = targets;
  if (only === undefined || targets.length > 1)
    return `Set ${names} of ${targets.length} ${only?.kind ?? ''}s`;
  const what = only.kind === 'project' ? 'the film' : `${only.kind} ${only.address}`;
  const title = values['title'] ?? values['name'];
  if (typeof title === 'string' && names.split(', ').length === 1) return `Rename ${what}: ${title}`;
  return `Set ${names} of ${what}`;
}
