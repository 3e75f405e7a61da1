import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { AuteurError } from '../../errors.ts';
import { BeatId, newId } from '../../model/ids.ts';
import { EmotionalBeat } from '../../model/project.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { applyOp } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { jsonOf, type FilmOp } from './filmOp.ts';
import { findNode } from './findNodes.ts';
import { requireTitle } from './requireTitle.ts';

type Request<K extends EditRequest['kind']> = Extract<EditRequest, { kind: K }>;
type Values = Request<'addBeat'>['values'];
type Make = (op: FilmOp) => Promise<void>;

const list = { of: 'beats' } as const;

/**
 * Puts a beat where it belongs by its position.
 * @throws AuteurError `value-invalid`, `address-unknown`
 */
export async function planAddBeat(draft: FilmDraft, { values }: Request<'addBeat'>): Promise<NodesPlan> {
  const { ops, make } = making(draft);
  const fields = await fieldsOf(draft, values);
  const id = newId(BeatId);
  const value = checked({ id, ...withoutNull({ intensity: 0.5, ...fields }) });
  const { emotionalBeats } = draft.project.narrative;
  const index = emotionalBeats.findLastIndex(({ position }) => position <= value.position);
  const after = index === -1 ? null : await ensureId(draft, index, make);
  await make({ op: 'insert', list, value: { ...value, id }, after });
  return { summary: `Add emotional beat: ${value.name}`, nodes: [{ address: '', id }], ops };
}

/** @throws AuteurError `beat-unknown`, `value-invalid`, `address-unknown` */
export async function planSetBeat(
  draft: FilmDraft,
  { beat, values }: Request<'setBeat'>,
): Promise<NodesPlan> {
  const { ops, make } = making(draft);
  const index = findBeat(draft, beat);
  const { id, name } = await setFields({ draft, make }, index, await fieldsOf(draft, values));
  return { summary: `Change emotional beat: ${name}`, nodes: [{ address: '', id }], ops };
}

/** @throws AuteurError `beat-unknown`, `value-invalid`, `address-unknown` */
export async function planBindBeats(
  draft: FilmDraft,
  { beats, at }: Request<'bindBeats'>,
): Promise<NodesPlan> {
  const { ops, make } = making(draft);
  const indexes = [...new Set(beats.map((beat) => findBeat(draft, beat)))];
  const fields = await boundTo(draft, at);
  const made: Named[] = [];
  for (const index of indexes) made.push(await setFields({ draft, make }, index, fields));
  const what =
    made.length === 1
      ? `emotional beat: ${made.map(({ name }) => name).join('')}`
      : `${String(made.length)} emotional beats`;
  const summary = `${at === null ? 'Unbind' : 'Bind'} ${what}`;
  return { summary, nodes: made.map(({ id }) => ({ address: '', id })), ops };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

async function setFields(
  { draft, make }: { readonly draft: FilmDraft; readonly make: Make },
  index: number,
  fields: Readonly<Record<string, z.core.util.JSONType>>,
): Promise<Named> {
  const before = draft.project.narrative.emotionalBeats[index];
  if (before === undefined) throw new AuteurError('beat-unknown', { beat: String(index + 1) });
  const changed = Object.entries(fields).filter(([name, to]) => !isDeepStrictEqual(before[name] ?? null, to));
  checked(withoutNull({ ...before, ...fields }));
  // One that stays as it is needs no id either.
  const id = changed.length === 0 ? (before.id ?? '') : await ensureId(draft, index, make);
  for (const [name, to] of changed) {
    const from = before[name];
    await make({
      op: 'set',
      place: { of: 'beat', id: BeatId.parse(id) },
      field: [name],
      ...(from === undefined ? {} : { from: jsonOf(from) }),
      ...(to === null ? {} : { to }),
    });
  }
  return { id, name: before.name };
}

/** @throws AuteurError `beat-unknown` */
export async function planDeleteBeats(
  draft: FilmDraft,
  { beats }: Request<'deleteBeats'>,
): Promise<NodesPlan> {
  const { ops, make } = making(draft);
  // Numbers are those of the list before anything was deleted.
  const indexes = [...new Set(beats.map((beat) => findBeat(draft, beat)))];
  const ids: string[] = [];
  for (const index of indexes) ids.push(await ensureId(draft, index, make));
  const names: string[] = [];
  for (const id of ids) {
    const members = (await draft.findList(list))?.value ?? [];
    const value = members.find((member) => member.id === id);
    if (value === undefined) continue;
    names.push(EmotionalBeat.parse(value).name);
    await make({ op: 'remove', list, value, after: await idBefore(draft, id, make) });
  }
  const what =
    names.length === 1 ? `emotional beat: ${names.join('')}` : `${String(names.length)} emotional beats`;
  return { summary: `Delete ${what}`, nodes: ids.map((id) => ({ address: '', id })), ops };
}

function making(draft: FilmDraft): { ops: FilmOp[]; make: Make } {
  const ops: FilmOp[] = [];
  const make: Make = async (op) => {
    ops.push(op);
    await applyOp(draft, op);
  };
  return { ops, make };
}

/** What comes before it is named, so that it comes back to its place when this is undone. */
async function idBefore(draft: FilmDraft, id: string, make: Make): Promise<string | null> {
  const members = draft.project.narrative.emotionalBeats;
  const index = members.findIndex((one) => one.id === id);
  return index < 1 ? null : ensureId(draft, index - 1, make);
}

/** A beat that was written before beats had ids gets one. */
async function ensureId(draft: FilmDraft, index: number, make: Make): Promise<string> {
  const known = draft.project.narrative.emotionalBeats[index]?.id;
  if (known !== undefined) return known;
  const id = newId(BeatId);
  await make({ op: 'set', place: { of: 'beatAt', index }, field: ['id'], to: id });
  return id;
}

function findBeat({ project }: FilmDraft, beat: string): number {
  const { emotionalBeats } = project.narrative;
  const byId = emotionalBeats.findIndex(({ id }) => id === beat);
  const index = byId === -1 && /^\d{1,6}$/.test(beat) ? Number(beat) - 1 : byId;
  if (emotionalBeats[index] === undefined) throw new AuteurError('beat-unknown', { beat });
  return index;
}

/** As they stand in the manifest; null takes a value away. */
async function fieldsOf(
  draft: FilmDraft,
  { name, at, ...values }: Values,
): Promise<Record<string, z.core.util.JSONType>> {
  const given = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  const words = name === undefined ? [] : [['name', requireTitle(name, 'name')] as const];
  const bound = at === undefined ? {} : await boundTo(draft, at);
  return Object.fromEntries([...words, ...given, ...Object.entries(bound)]);
}

async function boundTo(draft: FilmDraft, at: string | null): Promise<Record<string, string | null>> {
  if (at === null) return { scene: null, chapter: null };
  const target = await findNode(draft, at);
  if (target.kind === 'scene') return { scene: target.id, chapter: null };
  if (target.kind === 'chapter') return { scene: null, chapter: target.id };
  throw new AuteurError('value-invalid', {
    name: 'at',
    value: at,
    reason: 'an emotional beat is bound to a scene or a chapter',
  });
}

function withoutNull(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function checked(value: Record<string, unknown>): EmotionalBeat {
  const parsed = EmotionalBeat.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.map(String).join('.') ?? 'beat';
  const given = value[name];
  const shown =
    given === undefined ? 'missing' : typeof given === 'number' ? String(given) : JSON.stringify(given);
  throw new AuteurError('value-invalid', { name, value: shown, reason: issue?.message ?? 'wrong value' });
}
