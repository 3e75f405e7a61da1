import { fitsShotPattern, parseShotPattern, type ShotPattern } from '../core/domain/shotPattern.ts';
import { AuteurError } from '../core/errors.ts';
import { parseAddress } from '../core/model/address.ts';
import type { Project } from '../core/model/project.ts';
import {
  allScenes,
  findChapter,
  findScene,
  findShot,
  readProject,
  shotsOf,
  type PlacedScene,
  type PlacedShot,
} from '../core/storage/projectFiles.ts';

/** How many shots addresses mean; none where there is none. */
export async function countShots(root: string, addresses: readonly string[]): Promise<number> {
  const { value: project } = await readProject(root);
  return (await shotsAtAll(root, project, addresses)).length;
}

/**
 * The shots that addresses or patterns of them mean, each once: a chapter or scene means all its shots, none the whole film.
 * @throws AuteurError `address-invalid`, `address-unknown`, `nothing-to-generate`
 */
export async function requestedShots(
  root: string,
  project: Project,
  addresses: readonly string[],
): Promise<readonly PlacedShot[]> {
  const shots = await shotsAtAll(root, project, addresses);
  if (shots.length > 0) return shots;
  throw new AuteurError('nothing-to-generate', { where: whereOf(addresses) });
}

/** As errors say where shots were looked for. */
export function whereOf(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'the film' : addresses.join(', ');
}

/** The same, where none is no error. */
export async function shotsAtAll(
  root: string,
  project: Project,
  addresses: readonly string[],
): Promise<readonly PlacedShot[]> {
  const shots = new Map<string, PlacedShot>();
  for (const address of addresses.length === 0 ? [undefined] : addresses) {
    for (const shot of await shotsAt(root, project, address)) shots.set(shot.shot.id, shot);
  }
  return [...shots.values()];
}

async function shotsAt(
  root: string,
  project: Project,
  text: string | undefined,
): Promise<readonly PlacedShot[]> {
  const pattern = text === undefined ? undefined : parseShotPattern(text);
  if (pattern !== undefined) return shotsFitting(root, project, pattern);
  const address = text === undefined ? undefined : parseAddress(text);
  if (text !== undefined && address === undefined)
    throw new AuteurError('address-invalid', { address: text });
  if (text !== undefined && address?.shot !== undefined) return [await findShot(root, project, text)];
  const scenes = allScenes(project);
  if (text === undefined) return (await Promise.all(scenes.map((scene) => shotsOf(root, scene)))).flat();
  if (address?.scene !== undefined) return shotsOf(root, findScene(project, text));
  const { chapter } = findChapter(project, text);
  const within = scenes.filter((scene) => scene.chapter.id === chapter.id);
  return (await Promise.all(within.map((scene) => shotsOf(root, scene)))).flat();
}

/** No list is read of a scene that can hold none. */
async function shotsFitting(
  root: string,
  project: Project,
  pattern: ShotPattern,
): Promise<readonly PlacedShot[]> {
  const numbers = ({ chapter, scene }: PlacedScene) => ({ chapter: chapter.number, scene: scene.number });
  const scenes = allScenes(project).filter((placed) => fitsShotPattern(pattern, numbers(placed)));
  const shots = (await Promise.all(scenes.map((placed) => shotsOf(root, placed)))).flat();
  return shots.filter((placed) => fitsShotPattern(pattern, { ...numbers(placed), shot: placed.shot.number }));
}
