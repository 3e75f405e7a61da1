import { isDeepStrictEqual } from 'node:util';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { slateCode } from '../../model/address.ts';
import type { ShotId } from '../../model/ids.ts';
import { Chapter, Scene } from '../../model/project.ts';
import { Shot } from '../../model/shotList.ts';
import { valueOf } from '../edits/applyOp.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import type { FilmOp, List, Member, OpOf } from '../edits/filmOp.ts';
import { isSameText, shotListIn } from '../edits/sameText.ts';
import { readFolder } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes } from '../takes.ts';
import { againstMark } from './againstMark.ts';
import { manifestPath } from './fileStep.ts';
import { isKept, isSameAside } from './mediaStep.ts';
import { againstRelocation } from './relocation.ts';
import type { Obstacle, Way } from './refusal.ts';

/** Whether takes of a shot wait or are being made. */
export type IsBusy = (shot: ShotId) => Promise<boolean>;

export interface Crossing {
  readonly draft: FilmDraft;
  /** All changes of the step, of which this is one. */
  readonly ops: readonly FilmOp[];
  readonly isBusy: IsBusy;
  readonly way: Way;
}

/** What stands against making a change in the film as the draft has it now. */
export function findObstacle(crossing: Crossing, op: FilmOp): Promise<Obstacle | undefined> {
  switch (op.op) {
    case 'insert':
      return againstInsert(crossing.draft, op);
    case 'remove':
      return againstRemove(crossing, op);
    case 'order':
      return againstOrder(crossing.draft, op);
    case 'set':
      return againstSet(crossing, op);
    case 'file':
      return againstFile(crossing.draft, op);
    case 'mark':
      return againstMark(crossing.draft, op);
    case 'media':
      return againstMedia(crossing.draft, op);
    case 'relocate':
      return againstRelocation(crossing.draft, op);
  }
}

async function againstInsert(
  draft: FilmDraft,
  { list, value }: OpOf<'insert'>,
): Promise<Obstacle | undefined> {
  const found = await draft.findList(list);
  if (found === undefined) return { is: 'gone', what: parentOf(list), path: manifestPath };
  const what = nameOf(draft, list, value);
  const { path } = found.file;
  if (isTaken(found.value, value)) return { is: 'taken', what, path };
  const scenes = draft.project.narrative.chapters.flatMap((one) => one.scenes);
  const added = list.of === 'scenes' ? [value] : (Chapter.safeParse(value).data?.scenes ?? []);
  return added.some((scene) => isTaken(scenes, scene)) ? { is: 'taken', what, path } : undefined;
}

function isTaken(members: readonly Member[], { id, number }: Member): boolean {
  return members.some((one) => one.id === id || (number !== undefined && one.number === number));
}

async function againstRemove(crossing: Crossing, op: OpOf<'remove'>): Promise<Obstacle | undefined> {
  const { draft } = crossing;
  const { list, value } = op;
  const found = await draft.findList(list);
  const present = found?.value.find(({ id }) => id === value.id);
  const what = nameOf(draft, list, value);
  if (found === undefined || present === undefined)
    return { is: 'gone', what, path: found?.file.path ?? manifestPath };
  const { path } = found.file;
  const isMoved = crossing.ops.some((one) => one.op === 'insert' && one.value.id === value.id);
  const content = isMoved ? undefined : contentOf(draft, list, { present, value });
  if (content !== undefined) return { is: 'not-empty', what, path, content };
  const held = isMoved ? undefined : await takesWithin(crossing, op, path);
  if (held !== undefined) return held;
  return isDeepStrictEqual(present, value) ? undefined : { is: 'changed', what, path };
}

/** What would go with it that was not there when it was put in. */
function contentOf(
  { project }: FilmDraft,
  { of }: List,
  { present, value }: { present: Member; value: Member },
): string | undefined {
  const { id } = value;
  const scenes = (member: Member): number => Chapter.safeParse(member).data?.scenes.length ?? 0;
  if (of === 'chapters' && scenes(present) > scenes(value)) return 'scenes';
  const isBound = project.narrative.emotionalBeats.some((beat) => beat.chapter === id || beat.scene === id);
  return isBound && (of === 'chapters' || of === 'scenes') ? 'emotional beats' : undefined;
}

/** Of the shot itself, or of every shot in what goes. */
async function takesWithin(
  crossing: Crossing,
  { list, value }: OpOf<'remove'>,
  path: string,
): Promise<Obstacle | undefined> {
  const { draft } = crossing;
  const address = nameOf(draft, list, value).replace(/^\w+ /, '');
  if (list.of === 'shots') return takesOf(crossing, { shot: value, address, path });
  const scenes =
    list.of === 'scenes' ? [value] : list.of === 'chapters' ? Chapter.safeParse(value).data?.scenes : [];
  // What is no scene of a film is told apart from what stands there by the caller.
  for (const { shotList } of (scenes ?? []).flatMap((scene) => Scene.safeParse(scene).data ?? [])) {
    for (const shot of (await draft.listFile(shotList)).value?.shots ?? []) {
      const held = await takesOf(crossing, { shot, address, path: shotList });
      if (held !== undefined) return held;
    }
  }
  return undefined;
}

async function takesOf(
  { draft, isBusy, way }: Crossing,
  { shot, address, path }: { shot: Member; address: string; path: string },
): Promise<Obstacle | undefined> {
  const { folder, id } = Shot.parse(shot);
  // In this order: a job that ends before the first look has its take in the folder at the second.
  if (await isBusy(id)) return { is: 'has-jobs', address };
  // A shot that was deleted with its takes is deleted with them again.
  if (way === 'redo') return undefined;
  const names = await readFolder(await resolveInside(draft.root, folder));
  const holds = names.some((name) => parseTakeFileName(name) !== undefined);
  return holds ? { is: 'has-takes', address, path, folder } : undefined;
}

async function againstOrder(draft: FilmDraft, { list, id }: OpOf<'order'>): Promise<Obstacle | undefined> {
  const found = await draft.findList(list);
  const isThere = found?.value.some((member) => member.id === id) ?? false;
  return isThere ? undefined : { is: 'gone', what: 'what was moved', path: found?.file.path ?? manifestPath };
}

async function againstSet({ draft, ops }: Crossing, op: OpOf<'set'>): Promise<Obstacle | undefined> {
  const found = await draft.findPlace(op.place);
  const path = found?.file.path ?? manifestPath;
  const what = op.field.join('.');
  if (found === undefined || !isDeepStrictEqual(await valueOf(draft, op), op.from))
    return { is: 'gone', what, path };
  if (op.place.of !== 'shot' || what !== 'activeTake' || op.to === undefined) return undefined;
  // It comes back with this very step.
  if (ops.some((one) => one.op === 'mark' && one.take === op.to && one.to === undefined)) return undefined;
  const shot = Shot.parse(found.value);
  const { takes } = await scanTakes(await resolveInside(draft.root, shot.folder));
  const isThere = takes.some(({ id, deleted }) => id === op.to && deleted === undefined);
  const address = nameOf(draft, { of: 'shots', scene: op.place.scene }, shot);
  return isThere ? undefined : { is: 'changed', what: `the take that ${address} showed before`, path };
}

async function againstFile(
  draft: FilmDraft,
  { path, from, to }: OpOf<'file'>,
): Promise<Obstacle | undefined> {
  const text = await draft.text(path);
  if (text === undefined || isSameText(text, to)) return undefined;
  const what = path;
  if (from === undefined) return { is: 'taken', what, path };
  const [present, former] = [shotListIn(text), shotListIn(from)];
  if (present !== undefined && former !== undefined && present.shots.length > former.shots.length)
    return { is: 'not-empty', what, path, content: 'shots' };
  return isSameText(text, from) ? undefined : { is: 'changed', what, path };
}

/** What is no longer there needs not be put aside. */
async function againstMedia(draft: FilmDraft, op: OpOf<'media'>): Promise<Obstacle | undefined> {
  const { path, kept, way } = op;
  if (way === 'out') return undefined;
  if (!(await isKept(draft.root, kept))) return { is: 'gone', what: path, path: `.auteur/${kept}` };
  const isTaken = (await draft.holds(path)) && !(await isSameAside(draft.root, op));
  return isTaken ? { is: 'taken', what: path, path } : undefined;
}

function parentOf({ of }: List): string {
  return {
    chapters: 'the film',
    scenes: 'its chapter',
    shots: 'its scene',
    assets: 'the film',
    beats: 'the film',
  }[of];
}

/** As a sentence names it: `shot 01/02/03`. */
function nameOf(draft: FilmDraft, list: List, member: Member): string {
  const code = slateCode(member.number ?? 0);
  switch (list.of) {
    case 'chapters':
      return `chapter ${code}`;
    case 'scenes': {
      const chapter = draft.project.narrative.chapters.find(({ id }) => id === list.chapter);
      return `scene ${slateCode(chapter?.number ?? 0)}/${code}`;
    }
    case 'shots':
      return `shot ${draft.scene(list.scene)?.address ?? '?'}/${code}`;
    case 'assets':
      return `asset ${member.id}`;
    case 'beats':
      return `emotional beat ${member.id}`;
  }
}
