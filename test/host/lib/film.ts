import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Shot, ShotList } from '../../../src/core/model/shotList.ts';
import { Take } from '../../../src/core/model/take.ts';
import { commitPaths } from '../../../src/core/storage/commit.ts';
import { addChapter, addScene, addShot } from '../../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../../src/core/storage/scaffold.ts';
import { eventually, type Patience } from './eventually.ts';
import { workspaceFolder } from './extension.ts';
import { git } from './programs.ts';

const shotLists = '02_Source_Creative/ShotLists';

/** A project with one shot. */
export interface Film {
  readonly root: string;
  readonly address: string;
}

export interface RecordedTake {
  readonly take: Take;
  /** Absolute path of the picture. */
  readonly picture: string;
}

/** Makes a film of one shot in its folder, as another window or terminal would. */
export async function makeFilm(name: string, workspace = workspaceFolder()): Promise<Film> {
  const root = await createProjectFolder({ name, workspace, quality: 'low', structure: 'three-act' });
  const chapter = await addChapter(root, 'An evening');
  const scene = await addScene(root, chapter.address, 'The kitchen');
  const shot = await addShot(root, scene.address, { description: 'A kettle begins to sing', size: 'CU' });
  const paths = new Set([chapter, scene, shot].flatMap(({ files }) => files));
  await commitPaths(root, { paths: [...paths], media: [], message: 'Write a scene' });
  return { root, address: shot.address };
}

/** The film's shot, as its shot list has it. */
export async function readShot({ root }: Film): Promise<Shot> {
  const [name = ''] = (await readdir(join(root, shotLists))).filter((file) => file.endsWith('.json'));
  const list = ShotList.parse(JSON.parse(await readFile(join(root, shotLists, name), 'utf8')));
  const [shot] = list.shots;
  assert.ok(shot, `${name} has no shot`);
  return shot;
}

/** Waits until the shot has so many takes whose pictures are there, in order of their numbers. */
export async function takesOf(
  film: Film,
  count: number,
  patience?: Patience,
): Promise<readonly RecordedTake[]> {
  const { folder } = await readShot(film);
  const look = async (): Promise<readonly RecordedTake[] | undefined> => {
    const found = await readTakes(join(film.root, folder));
    return found.length >= count ? found : undefined;
  };
  return eventually(`${count} takes of ${film.address} in ${film.root}`, look, patience);
}

/** Waits until Git LFS has a picture of every take and nothing of them is left to commit. */
export async function committed(film: Film, takes: number): Promise<void> {
  const { folder } = await readShot(film);
  const look = async (): Promise<true | undefined> => {
    const tracked = lines(await git(film.root, 'lfs', 'ls-files', '--name-only'));
    const changed = await git(film.root, 'status', '--porcelain', '--', folder);
    return tracked.length === takes && changed === '' ? true : undefined;
  };
  await eventually(`${takes} takes in the Git LFS of ${film.root}`, look, { everyMs: 250 });
}

export function lines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

async function readTakes(folder: string): Promise<readonly RecordedTake[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const sidecars = names.filter((name) => /_take\d+\.json$/.test(name)).sort();
  const takes = await Promise.all(
    sidecars.map(async (name) => Take.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
  const recorded = takes.map((take) => ({ take, picture: join(folder, take.files[0]?.name ?? '') }));
  return recorded.filter(({ take }) => take.files.every(({ name }) => names.includes(name)));
}
