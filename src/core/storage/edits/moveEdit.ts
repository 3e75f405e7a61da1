import { AuteurError } from '../../errors.ts';
import { formatAddress } from '../../model/address.ts';
import type { EditedNode } from '../../protocol/editRequest.ts';
import { isDeepStrictEqual } from 'node:util';
import { applyOp, predecessor } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { FilmOp, List, Member } from './filmOp.ts';
import { findNode, findNodes, type Target } from './findNodes.ts';
import { namesOf } from './namesOf.ts';

interface Move {
  readonly addresses: readonly string[];
  readonly into: string;
  readonly before?: string | undefined;
}

interface Destination {
  readonly list: List;
  /** The id of what stands before the moved ones; null where they come first. */
  readonly after: string | null;
}

/**
 * Moves chapters, scenes or shots, in the order of the film, in front of a sibling or to the end of a parent.
 * A shot keeps its id and folder and takes the next number at its new scene; scenes keep their number.
 * @throws AuteurError `address-unknown`, `nodes-mixed`, `move-impossible`
 */
export async function planMove(draft: FilmDraft, move: Move): Promise<NodesPlan> {
  const targets = await inFilmOrder(draft, await findNodes(draft, move.addresses));
  const to = await destination(draft, targets, move);
  const ops: FilmOp[] = [];
  const nodes: EditedNode[] = [];
  const were = await predecessors(draft, targets);
  let { after } = to;
  for (const one of targets) {
    for (const op of await opsOf(draft, one, { list: to.list, after, from: were.get(one.id) ?? null })) {
      ops.push(op);
      await applyOp(draft, op);
    }
    after = one.id;
    nodes.push({ address: await addressOf(draft, to.list, one), id: one.id, from: one.address });
  }
  return { summary: `Move ${namesOf(targets)}${placeOf(move)}`, nodes, ops };
}

function placeOf({ into, before }: Move): string {
  if (before !== undefined) return ` before ${before}`;
  return into === '' ? ' to the end' : ` to ${into}`;
}

async function inFilmOrder(draft: FilmDraft, targets: readonly Target[]): Promise<readonly Target[]> {
  const places = new Map<string, readonly number[]>();
  const { chapters } = draft.project.narrative;
  for (const one of targets) {
    const chapter = one.kind === 'chapter' ? one.chapter : one.placed.chapter;
    const index = chapters.findIndex(({ id }) => id === chapter.id);
    const scene = one.kind === 'shot' ? one.placed.sceneIndex : -1;
    const members = (await draft.findList(one.list))?.value ?? [];
    places.set(one.id, [index, scene, members.findIndex(({ id }) => id === one.id)]);
  }
  return targets.toSorted((a, b) => compare(places.get(a.id) ?? [], places.get(b.id) ?? []));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((one, at) => one !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

async function destination(
  draft: FilmDraft,
  targets: readonly Target[],
  { into, before }: Move,
): Promise<Destination> {
  const kind = targets[0]?.kind ?? 'shot';
  const list = await listWithin(draft, kind, into);
  const moved = new Set(targets.map(({ id }) => id));
  const members = ((await draft.findList(list))?.value ?? []).filter(({ id }) => !moved.has(id));
  if (before === undefined) return { list, after: members.at(-1)?.id ?? null };
  const sibling = await findNode(draft, before);
  if (sibling.kind !== kind || !isDeepStrictEqual(sibling.list, list))
    throw new AuteurError('move-impossible', { what: kind, into: into === '' ? 'the film' : into, before });
  const all = (await draft.findList(list))?.value ?? [];
  const index = all.findIndex(({ id }) => id === sibling.id);
  const ahead = all.slice(0, index).filter(({ id }) => !moved.has(id));
  return { list, after: ahead.at(-1)?.id ?? null };
}

async function listWithin(draft: FilmDraft, kind: Target['kind'], into: string): Promise<List> {
  if (kind === 'chapter' && into === '') return { of: 'chapters' };
  const parent = into === '' ? undefined : await findNode(draft, into);
  if (kind === 'scene' && parent?.kind === 'chapter') return { of: 'scenes', chapter: parent.chapter.id };
  if (kind === 'shot' && parent?.kind === 'scene') {
    await draft.beginList(parent.placed);
    return { of: 'shots', scene: parent.placed.scene.id };
  }
  throw new AuteurError('move-impossible', { what: kind, into: into === '' ? 'the film' : into, before: '' });
}

/** As the film was before any of them moved: of several moves in one list each can then be told by itself. */
async function predecessors(
  draft: FilmDraft,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, string | null>> {
  const all = await Promise.all(
    targets.map(async ({ id, list }) => {
      const members = (await draft.findList(list))?.value ?? [];
      return [id, predecessor(members, id)] as const;
    }),
  );
  return new Map(all);
}

async function opsOf(
  draft: FilmDraft,
  one: Target,
  { list, after, from }: Destination & { readonly from: string | null },
): Promise<FilmOp[]> {
  const members = (await draft.findList(one.list))?.value ?? [];
  const value = members.find(({ id }) => id === one.id);
  if (value === undefined) return [];
  if (isDeepStrictEqual(one.list, list)) {
    return predecessor(members, one.id) === after ? [] : [{ op: 'order', list, id: one.id, from, to: after }];
  }
  const remove: FilmOp = { op: 'remove', list: one.list, value, after: from };
  if (one.kind !== 'shot') return [remove, { op: 'insert', list, value, after }];
  // In two files: a crash in between must find the shot in both rather than in none.
  return [{ op: 'insert', list, value: { ...value, number: await nextNumber(draft, list) }, after }, remove];
}

async function nextNumber(draft: FilmDraft, list: List): Promise<number> {
  const file = list.of === 'shots' ? await draft.listOf(list.scene) : undefined;
  const numbers = (file?.value?.shots ?? []).map(({ number }) => number + 1);
  return Math.max(file?.value?.nextNumber ?? 1, ...numbers);
}

async function addressOf(draft: FilmDraft, list: List, { id }: Target): Promise<string> {
  const members: readonly Member[] = (await draft.findList(list))?.value ?? [];
  const number = members.find((member) => member.id === id)?.number ?? 0;
  const { chapters } = draft.project.narrative;
  switch (list.of) {
    case 'scenes': {
      const chapter = chapters.find((one) => one.id === list.chapter)?.number ?? 0;
      return formatAddress({ chapter, scene: number });
    }
    case 'shots':
      return `${draft.scene(list.scene)?.address ?? ''}/${formatAddress({ chapter: number })}`;
    default:
      return formatAddress({ chapter: number });
  }
}
