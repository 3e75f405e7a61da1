import { slateCode } from '../../model/address.ts';
import { allScenes, readProject, shotsOf, type PlacedShot } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes } from '../takes.ts';
import { ifReadable } from './ifReadable.ts';

/** How the film calls what files name by an id. */
export interface FilmNames {
  /** Addresses of chapters, scenes and shots, names of beats and assets; of a shot list, the address of its scene. */
  readonly places: ReadonlyMap<string, string>;
  /** Numbers of takes. */
  readonly takes: ReadonlyMap<string, number>;
}

/** @param ids those that are asked for: only shots among them are looked at for their takes */
export async function filmNames(root: string, ids: ReadonlySet<string>): Promise<FilmNames> {
  const places = new Map<string, string>();
  const takes = new Map<string, number>();
  const project = await ifReadable(readProject(root));
  if (project === undefined) return { places, takes };
  const { narrative, assets } = project.value;
  for (const { id, number } of narrative.chapters) places.set(id, slateCode(number));
  for (const { id, name } of narrative.emotionalBeats) if (id !== undefined) places.set(id, name);
  for (const ref of [assets.characters, assets.locations, assets.styles, assets.music].flat())
    places.set(ref.id, ref.name);
  for (const placed of allScenes(project.value)) {
    places.set(placed.scene.id, placed.address);
    places.set(placed.scene.shotList, placed.address);
    for (const shot of (await ifReadable(shotsOf(root, placed))) ?? []) {
      places.set(shot.shot.id, shot.address);
      if (ids.has(shot.shot.id)) await addTakes(root, shot, takes);
    }
  }
  return { places, takes };
}

async function addTakes(root: string, { shot }: PlacedShot, numbers: Map<string, number>): Promise<void> {
  const folder = await ifReadable(resolveInside(root, shot.folder));
  if (folder === undefined) return;
  for (const { id, number } of (await scanTakes(folder)).takes) numbers.set(id, number);
}
