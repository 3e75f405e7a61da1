import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { fitsQuery, type FilmQuery, type QueriedShot, type TakeState } from '../domain/filmQuery.ts';
import type { Project } from '../model/project.ts';
import type { TakeReview } from '../model/shotList.ts';
import type { FoundShot } from '../protocol/views.ts';
import { AuteurError } from '../errors.ts';
import { allScenes, readProject, shotsOf, type PlacedScene, type PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { scanTakes } from './takes.ts';

export interface SearchOptions {
  readonly limit?: number;
}

/** The shots that fit, in the order of the film. A scene that cannot be read has none. */
export async function searchFilm(
  root: string,
  query: FilmQuery,
  { limit = Infinity }: SearchOptions = {},
): Promise<readonly FoundShot[]> {
  const { value: project } = await readProject(root);
  const found: FoundShot[] = [];
  for (const scene of allScenes(project)) {
    for (const shot of await readableShots(root, scene)) {
      if (!fitsQuery(query, await queriedShot(root, project, { shot, query }))) continue;
      found.push(foundShot(shot));
      if (found.length >= limit) return found;
    }
  }
  return found;
}

async function readableShots(root: string, scene: PlacedScene): Promise<readonly PlacedShot[]> {
  try {
    return await shotsOf(root, scene);
  } catch (error) {
    // The tree marks the scene, and says why.
    if (AuteurError.is(error)) return [];
    throw error;
  }
}

async function queriedShot(
  root: string,
  project: Project,
  { shot: placed, query }: { shot: PlacedShot; query: FilmQuery },
): Promise<QueriedShot> {
  const { shot, scene, address } = placed;
  const names = new Map(
    [...project.assets.characters, ...project.assets.locations].map(({ id, name }) => [String(id), name]),
  );
  const location = shot.location ?? scene.location;
  return {
    address,
    texts: [shot.description, shot.dialogue ?? '', shot.note ?? '', scene.title],
    characters: (shot.characters ?? []).map((id) => names.get(id) ?? id),
    location: location === undefined ? undefined : (names.get(location) ?? location),
    // Folders are read only where it matters.
    states: query.status === undefined ? new Set() : await takeStatesOf(root, placed),
    stale: false,
  };
}

async function takeStatesOf(root: string, { shot }: PlacedShot): Promise<ReadonlySet<TakeState>> {
  const { takes } = await scanTakes(await resolveInside(root, shot.folder));
  const present = takes.filter(({ deleted }) => deleted === undefined);
  if (present.length === 0) return new Set(['none']);
  return new Set(present.map(({ id }) => stateOf(shot.reviews?.[id])));
}

function stateOf(review: TakeReview | undefined): TakeState {
  return review?.status ?? 'unrated';
}

function foundShot({ shot, scene, address, list, shotIndex }: PlacedShot): FoundShot {
  const { id, description, size } = shot;
  const tree = parseTree(list.text);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, ['shots', shotIndex]);
  const line = list.text.slice(0, node?.offset ?? 0).split('\n').length - 1;
  const place = { path: scene.shotList, line };
  return { id, sceneId: scene.id, address, description, ...(size === undefined ? {} : { size }), ...place };
}
