import { join } from 'node:path';
import { csv } from '../../domain/csv.ts';
import { slateCode } from '../../model/address.ts';
import type { AssetCategory, Project } from '../../model/project.ts';
import type { WorkResult } from '../../protocol/work.ts';
import { writeFileDurably } from '../atomicFile.ts';
import type { Watch } from '../watch.ts';
import { makeExport } from './exportFolder.ts';
import { readWholeFilm, type FilmShot } from './filmShots.ts';

const columns = [
  ...['Scene', 'Shot', 'Address', 'Scene title', 'Description', 'Size', 'Angle', 'Movement', 'Lens (mm)'],
  ...['Duration (s)', 'Characters', 'Location', 'INT/EXT', 'Time of day', 'Dialogue', 'Takes', 'Active take'],
  ...['Rating', 'Status', 'Take note', 'Note'],
] as const;

/** Writes the film's shot list, a row for each shot in film order, into a new folder of `06_Exports`. */
export async function exportCsv(
  root: string,
  watch: Watch,
): Promise<Extract<WorkResult, { kind: 'exportCsv' }>> {
  const { project, shots } = await readWholeFilm(root, watch);
  const text = csv([columns, ...shots.map((shot) => rowOf(project, shot))]);
  const folder = await makeExport(root, (building) =>
    writeFileDurably(join(building, 'shot-list.csv'), text),
  );
  return { kind: 'exportCsv', path: join(folder, 'shot-list.csv'), shots: shots.length };
}

function rowOf(project: Project, film: FilmShot): readonly (string | number | undefined)[] {
  const { placed, takes, shown } = film;
  const { scene, shot, address } = placed;
  const name = (category: AssetCategory, id: string): string =>
    project.assets[category].find((asset) => asset.id === id)?.name ?? id;
  const location = shot.location ?? scene.location;
  // Without a choice, what is said of the take that the shot shows.
  const judged = shot.activeTake ?? shown?.id;
  const review = judged === undefined ? undefined : shot.reviews?.[judged];
  return [
    ...[slateCode(scene.number), slateCode(shot.number), address, scene.title, shot.description],
    ...[shot.size, shot.angle, shot.movement, shot.lens, shot.duration],
    shot.characters?.map((id) => name('characters', id)).join(', '),
    location === undefined ? undefined : name('locations', location),
    ...[shot.setting ?? scene.setting, shot.timeOfDay ?? scene.timeOfDay, shot.dialogue],
    ...[takes.length, activeOf(film), review?.rating, review?.status, review?.note, shot.note],
  ];
}

function activeOf({ placed, takes, activeIsMissing }: FilmShot): number | string | undefined {
  if (activeIsMissing !== undefined) return 'not there';
  return takes.find(({ id }) => id === placed.shot.activeTake)?.number;
}
