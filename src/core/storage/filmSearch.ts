import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { fitsQuery, type FilmQuery, type QueriedShot, type TakeState } from '../domain/filmQuery.ts';
import type { Project } from '../model/project.ts';
import type { Shot, TakeReview } from '../model/shotList.ts';
import type { FoundShot } from '../protocol/views.ts';
import { AuteurError } from '../errors.ts';
import { allScenes, readProject, shotsOf, type PlacedScene, type PlacedShot } from './projectFiles.ts';
import { TakeIndex, type FolderTakes } from './takeIndex/takeIndex.ts';

export interface SearchOptions {
  readonly limit?: number;
  readonly index?: TakeIndex;
  /** Addresses of the shots whose shown take is stale; none is where nobody can tell. */
  readonly stale?: ReadonlySet<string>;
}

/** The shots that fit, in the order of the film. A scene that cannot be read has none. */
export async function searchFilm(
  root: string,
  query: FilmQuery,
  { limit = Infinity, index = new TakeIndex({ keeps: false }), stale = new Set() }: SearchOptions = {},
): Promise<readonly FoundShot[]> {
  const { value: project } = await readProject(root);
  const names = namesIn(project);
  const found: FoundShot[] = [];
  for (const scene of allScenes(project)) {
    const shots = await readableShots(root, scene);
    if (shots.length === 0) continue;
    // Folders are read only where it matters.
    const takes = query.status === undefined ? undefined : await takesIn(index, { root, scene, shots });
    const fitting = shots.filter((shot) => fitsQuery(query, queriedShot(shot, { names, takes, stale })));
    found.push(...foundShots(fitting));
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}

function namesIn({ assets }: Project): ReadonlyMap<string, string> {
  return new Map([...assets.characters, ...assets.locations].map(({ id, name }) => [id, name]));
}

async function takesIn(
  index: TakeIndex,
  { root, scene, shots }: { root: string; scene: PlacedScene; shots: readonly PlacedShot[] },
): Promise<ReadonlyMap<string, FolderTakes> | undefined> {
  const folders = shots.map(({ shot }) => shot.folder);
  return readable(index.scene(root, scene.scene.id, folders));
}

async function readableShots(root: string, scene: PlacedScene): Promise<readonly PlacedShot[]> {
  return (await readable(shotsOf(root, scene))) ?? [];
}

/** Undefined where it cannot be read: the tree marks it, and says why. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

function queriedShot(
  { shot, scene, chapter, address }: PlacedShot,
  {
    names,
    takes,
    stale,
  }: {
    names: ReadonlyMap<string, string>;
    takes: ReadonlyMap<string, FolderTakes> | undefined;
    stale: ReadonlySet<string>;
  },
): QueriedShot {
  const location = shot.location ?? scene.location;
  return {
    address,
    texts: [shot.description, shot.dialogue ?? '', shot.note ?? '', scene.title, chapter.title],
    characters: (shot.characters ?? []).map((id) => names.get(id) ?? id),
    location: location === undefined ? undefined : (names.get(location) ?? location),
    states: takes === undefined ? new Set() : takeStatesOf(shot, takes.get(shot.folder)),
    stale: stale.has(address),
  };
}

function takeStatesOf(shot: Shot, folder: FolderTakes | undefined): ReadonlySet<TakeState> {
  if (folder?.problem !== undefined) return new Set();
  const present = (folder?.takes ?? []).filter(({ deleted }) => deleted === undefined);
  if (present.length === 0) return new Set(['none']);
  return new Set(present.map(({ id }) => stateOf(shot.reviews?.[id])));
}

function stateOf(review: TakeReview | undefined): TakeState {
  return review?.status ?? 'unrated';
}

/** Shots of one scene, each with its line in the list. */
function foundShots(shots: readonly PlacedShot[]): readonly FoundShot[] {
  const [first] = shots;
  if (first === undefined) return [];
  const lines = linesOfShots(first.list.text);
  return shots.map(({ shot, scene, address, shotIndex }) => {
    const { id, description, size } = shot;
    const place = { path: scene.shotList, line: lines[shotIndex] ?? 0 };
    return { id, sceneId: scene.id, address, description, ...(size === undefined ? {} : { size }), ...place };
  });
}

function linesOfShots(text: string): readonly number[] {
  const tree = parseTree(text);
  const shots = tree === undefined ? undefined : findNodeAtLocation(tree, ['shots']);
  let line = 0;
  let at = 0;
  return (shots?.children ?? []).map(({ offset }) => {
    line += text.slice(at, offset).split('\n').length - 1;
    at = offset;
    return line;
  });
}
