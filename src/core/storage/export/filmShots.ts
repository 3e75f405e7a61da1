import { AuteurError, toFailure } from '../../errors.ts';
import { shownTake } from '../../domain/shownTake.ts';
import type { Project } from '../../model/project.ts';
import type { Take } from '../../model/take.ts';
import { allScenes, readProject, shotsOf, type PlacedShot } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes, type TakeScan } from '../takes.ts';
import { requireWanted, type Watch } from '../watch.ts';

/** A shot with its takes, as the film shows it. */
export interface FilmShot {
  readonly placed: PlacedShot;
  readonly takes: readonly Take[];
  /** The active take, else the latest. */
  readonly shown?: Take;
  /** Why the take that was chosen is not there, and the latest is shown in its stead. */
  readonly activeIsMissing?: string;
}

export interface WholeFilm {
  readonly project: Project;
  /** In film order. */
  readonly shots: readonly FilmShot[];
}

/**
 * @param isWanted leaves out what nobody asked for, before its takes are read
 * @throws AuteurError `shot-unreadable` names the shot; `work-cancelled`
 */
export async function readWholeFilm(
  root: string,
  watch: Watch,
  isWanted: (shotAddress: string) => boolean = () => true,
): Promise<WholeFilm> {
  const { value: project } = await readProject(root);
  const scenes = allScenes(project);
  const shots: FilmShot[] = [];
  for (const [done, scene] of scenes.entries()) {
    watch.tell({ step: 'reading', done, total: scenes.length });
    for (const placed of await shotsOf(root, scene)) {
      requireWanted(watch);
      if (isWanted(placed.address)) shots.push(await filmShot(root, placed));
    }
  }
  return { project, shots };
}

async function filmShot(root: string, placed: PlacedShot): Promise<FilmShot> {
  const scan = await scanOf(root, placed);
  const takes = scan.takes.filter(({ deleted }) => deleted === undefined);
  const chosen = shownTake(placed.shot, takes);
  const shown = takes.find(({ id }) => id === chosen?.id);
  const isMissing = placed.shot.activeTake !== undefined && chosen?.as !== 'active';
  return {
    placed,
    takes,
    ...(shown === undefined ? {} : { shown }),
    ...(isMissing ? { activeIsMissing: whyMissing(scan, placed.shot.activeTake) } : {}),
  };
}

function whyMissing({ takes, unreadable }: TakeScan, id: string | undefined): string {
  const deleted = takes.find((take) => take.id === id);
  if (deleted !== undefined) return `take ${deleted.number} was deleted`;
  const [first] = unreadable;
  // A sidecar that cannot be read does not say which take it is of.
  if (first !== undefined) return `${first.name} cannot be read: ${first.reason}`;
  return `no take in its folder has the id ${id ?? ''}`;
}

async function scanOf(root: string, { shot, address, scene }: PlacedShot): Promise<TakeScan> {
  try {
    return await scanTakes(await resolveInside(root, shot.folder));
  } catch (error) {
    const { message } = toFailure(error);
    throw new AuteurError(
      'shot-unreadable',
      { address, reason: message, list: scene.shotList },
      { cause: error },
    );
  }
}
