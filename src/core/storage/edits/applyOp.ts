import { isDeepStrictEqual } from 'node:util';
import { Chapter, type Scene } from '../../model/project.ts';
import { isKept } from '../history/mediaStep.ts';
import type { JsonEdit } from '../jsonFile.ts';
import type { FilmDraft, Found } from './filmDraft.ts';
import { applyMark, isMarked } from './takeOps.ts';
import { isSameText } from './sameText.ts';
import type { FilmOp, List, Member, OpOf } from './filmOp.ts';

/**
 * Makes one change in the draft; what it is about must be there.
 * @returns false where it is not, and nothing was changed
 */
export async function applyOp(draft: FilmDraft, op: FilmOp): Promise<boolean> {
  switch (op.op) {
    case 'insert':
      return insert(draft, op);
    case 'remove':
      return remove(draft, op);
    case 'order':
      return reorder(draft, op);
    case 'set':
      return set(draft, op);
    case 'file':
      // A list that is there already has given numbers that are not to be given again.
      if (!isSameText(await draft.text(op.path), op.to)) await draft.setText(op);
      return true;
    case 'mark':
      return applyMark(draft, op);
    case 'media':
      return draft.moveMedia(op);
    case 'relocate':
      return draft.relocate(op);
  }
}

/** Whether the film holds what the change did. The files decide, not what was written about them. */
export async function isMade(draft: FilmDraft, op: FilmOp): Promise<boolean> {
  switch (op.op) {
    case 'insert':
      return holds(await draft.findList(op.list), op.value.id);
    case 'remove':
      return !holds(await draft.findList(op.list), op.value.id);
    case 'order': {
      const members = (await draft.findList(op.list))?.value ?? [];
      return holds({ value: members }, op.id) && predecessor(members, op.id) !== op.from;
    }
    case 'set':
      return isDeepStrictEqual(await valueOf(draft, op), op.to);
    case 'file':
      return isSameText(await draft.text(op.path), op.to);
    case 'mark':
      return isMarked(draft, op);
    case 'media':
      return isMoved(draft, op);
    case 'relocate':
      return !(await draft.holds(op.from)) && (await draft.holds(op.to));
  }
}

async function isMoved(draft: FilmDraft, { path, kept, way }: OpOf<'media'>): Promise<boolean> {
  const isAside = await isKept(draft.root, kept);
  return way === 'in' ? !isAside : isAside && !(await draft.holds(path));
}

/** What stands at the place and field of the change now. */
export async function valueOf(draft: FilmDraft, { place, field }: OpOf<'set'>): Promise<unknown> {
  const found = await draft.findPlace(place);
  return field.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    found?.value,
  );
}

/** The id of the member before it; null for the first. */
export function predecessor(members: readonly Member[], id: string): string | null {
  const index = members.findIndex((member) => member.id === id);
  return members[index - 1]?.id ?? null;
}

function holds(found: Pick<Found<readonly Member[]>, 'value'> | undefined, id: string): boolean {
  return found?.value.some((member) => member.id === id) ?? false;
}

async function insert(draft: FilmDraft, { list, value, after }: OpOf<'insert'>): Promise<boolean> {
  const found = await draft.findList(list);
  if (found === undefined) return false;
  put(draft, found, { value, after });
  await raiseCounter(draft, list, value);
  return true;
}

/** Behind its predecessor, or at the end where that one is gone. */
function put(
  draft: FilmDraft,
  { file, path, value: members }: Found<readonly Member[]>,
  { value, after }: { value: Member; after: string | null },
): void {
  const before = after === null ? 0 : members.findIndex(({ id }) => id === after) + 1;
  const index = after !== null && before === 0 ? members.length : before;
  const edit: JsonEdit =
    index === members.length
      ? { path: [...path, -1], value }
      : { path: [...path, index], value, insert: true };
  file.edit([edit]);
  draft.touched(file.path);
}

async function remove(draft: FilmDraft, { list, value }: OpOf<'remove'>): Promise<boolean> {
  const { id } = value;
  // A number that was given is not given again, also where the counter has fallen behind.
  await raiseCounter(draft, list, value);
  const found = await draft.findList(list);
  const index = found?.value.findIndex((member) => member.id === id) ?? -1;
  if (found === undefined || index === -1) return false;
  found.file.edit([{ path: [...found.path, index], value: undefined }]);
  draft.touched(found.file.path);
  return true;
}

async function reorder(draft: FilmDraft, { list, id, to }: OpOf<'order'>): Promise<boolean> {
  const value = (await draft.findList(list))?.value.find((member) => member.id === id);
  if (value === undefined) return false;
  await remove(draft, { op: 'remove', list, value, after: null });
  const rest = await draft.findList(list);
  if (rest !== undefined) put(draft, rest, { value, after: to });
  return true;
}

async function set(draft: FilmDraft, { place, field, to }: OpOf<'set'>): Promise<boolean> {
  const found = await draft.findPlace(place);
  if (found === undefined) return false;
  found.file.edit([{ path: [...found.path, ...field], value: to }]);
  draft.touched(found.file.path);
  return true;
}

/** Numbers that were given stay given. */
async function raiseCounter(draft: FilmDraft, list: List, member: Member): Promise<void> {
  const numbers = scenesIn(list, member).map((scene) => scene.number);
  const counters = [
    { counter: await counterOf(draft, list), number: member.number },
    {
      counter: sceneCounter(draft, await draft.findList({ of: 'chapters' })),
      number: Math.max(0, ...numbers),
    },
  ];
  for (const { counter, number } of counters) {
    if (counter === undefined || number === undefined || counter.value > number) continue;
    counter.file.edit([{ path: [...counter.path], value: number + 1 }]);
  }
}

function scenesIn({ of }: List, member: Member): readonly Scene[] {
  return of === 'chapters' ? (Chapter.safeParse(member).data?.scenes ?? []) : [];
}

function sceneCounter({ project }: FilmDraft, found: Found<unknown> | undefined): Found<number> | undefined {
  const value = project.narrative.nextSceneNumber;
  return found && { file: found.file, path: ['narrative', 'nextSceneNumber'], value };
}

async function counterOf(draft: FilmDraft, list: List): Promise<Found<number> | undefined> {
  const found = await draft.findList(list);
  switch (list.of) {
    case 'chapters': {
      const value = draft.project.narrative.nextNumber;
      return found && { file: found.file, path: ['narrative', 'nextNumber'], value };
    }
    case 'scenes':
      return sceneCounter(draft, found);
    case 'shots': {
      const file = await draft.listOf(list.scene);
      return file?.value && { file, path: ['nextNumber'], value: file.value.nextNumber };
    }
    case 'assets':
    case 'beats':
      return undefined;
  }
}
