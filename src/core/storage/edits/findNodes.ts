import { AuteurError } from '../../errors.ts';
import { parseAddress, slateCode } from '../../model/address.ts';
import type { Chapter } from '../../model/project.ts';
import type { Shot } from '../../model/shotList.ts';
import { findChapter, findScene, type PlacedScene } from '../projectFiles.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { List, Place } from './filmOp.ts';

interface NodeBase {
  readonly address: string;
  readonly id: string;
  readonly place: Place;
}
export interface ChapterTarget extends NodeBase {
  readonly kind: 'chapter';
  readonly chapter: Chapter;
  readonly list: List;
}
export interface SceneTarget extends NodeBase {
  readonly kind: 'scene';
  readonly placed: PlacedScene;
  readonly list: List;
}
export interface ShotTarget extends NodeBase {
  readonly kind: 'shot';
  readonly placed: PlacedScene;
  readonly shot: Shot;
  readonly list: List;
}
export type Target = ChapterTarget | SceneTarget | ShotTarget;

/**
 * What an address means in the film.
 * @throws AuteurError `address-invalid`, `address-unknown`
 */
export async function findNode(draft: FilmDraft, text: string): Promise<Target> {
  const address = parseAddress(text);
  if (address === undefined) throw new AuteurError('address-invalid', { address: text });
  if (address.scene === undefined) return chapterTarget(draft, text);
  if (address.shot === undefined) return sceneTarget(findScene(draft.project, text));
  return shotTarget(draft, findScene(draft.project, text.split('/').slice(0, 2).join('/')), address.shot);
}

/** Each once, in the order of the film, all of one kind; what lies within another of them goes with that one. */
export async function findNodes(draft: FilmDraft, addresses: readonly string[]): Promise<readonly Target[]> {
  const found = new Map<string, Target>();
  for (const address of addresses) {
    const target = await findNode(draft, address);
    found.set(target.id, target);
  }
  const all = [...found.values()];
  const outermost = all.filter(({ address }) => !all.some((one) => address.startsWith(`${one.address}/`)));
  const kinds = [...new Set(outermost.map(({ kind }) => kind))];
  if (kinds.length > 1) throw new AuteurError('nodes-mixed', { kinds: kinds.join(', ') });
  return outermost;
}

function chapterTarget({ project }: FilmDraft, text: string): ChapterTarget {
  const { chapter } = findChapter(project, text);
  const { id } = chapter;
  const address = slateCode(chapter.number);
  return { kind: 'chapter', address, id, chapter, place: { of: 'chapter', id }, list: { of: 'chapters' } };
}

function sceneTarget(placed: PlacedScene): SceneTarget {
  const { id } = placed.scene;
  const list: List = { of: 'scenes', chapter: placed.chapter.id };
  return { kind: 'scene', address: placed.address, id, placed, place: { of: 'scene', id }, list };
}

async function shotTarget(draft: FilmDraft, placed: PlacedScene, number: number): Promise<ShotTarget> {
  const { scene } = placed;
  const shots = (await draft.listFile(scene.shotList)).value?.shots ?? [];
  const shot = shots.find((one) => one.number === number);
  const address = `${placed.address}/${slateCode(number)}`;
  if (shot === undefined) throw new AuteurError('address-unknown', { what: 'shot', address });
  const { id } = shot;
  const place: Place = { of: 'shot', scene: scene.id, id };
  return { kind: 'shot', address, id, placed, shot, place, list: { of: 'shots', scene: scene.id } };
}
