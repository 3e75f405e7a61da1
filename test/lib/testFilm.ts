import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import type { ShotId } from '../../src/core/model/ids.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { filmsVariable } from './filmsFolder.ts';
import { tempFolder } from './tempFolder.ts';

export interface TestFilm {
  readonly root: string;
  readonly workspace: string;
  /** Addresses of its shots, all in scene 01/01. */
  readonly shots: readonly { readonly address: string; readonly id: ShotId }[];
}

type Wanted = Readonly<{ shots?: number; name?: string }>;

/** Those made for the tests of this process, by what they are made of: a copy takes a tenth of the time. */
const originals = new Map<string, Promise<TestFilm>>();
let folder: string | undefined;
/** Films of the tests that are running: two at once have ids of their own. */
let inUse = 0;

/** A real project with Git and LFS, one scene and some shots, everything committed. */
export async function testFilm(wanted: Wanted = {}): Promise<TestFilm> {
  const workspace = tempFolder();
  onTestFinished(() => {
    inUse--;
  });
  return ++inUse === 1 ? copyOf(await original(wanted), workspace) : make(wanted, workspace);
}

function original(wanted: Wanted): Promise<TestFilm> {
  const key = JSON.stringify(wanted);
  const known = originals.get(key);
  if (known !== undefined) return known;
  folder ??= realpathSync(mkdtempSync(join(process.env[filmsVariable] ?? tmpdir(), 'films-')));
  const made = make(wanted, join(folder, String(originals.size)));
  originals.set(key, made);
  made.catch(() => originals.delete(key));
  return made;
}

function copyOf(film: TestFilm, workspace: string): TestFilm {
  cpSync(film.workspace, workspace, { recursive: true, verbatimSymlinks: true });
  return { ...film, workspace, root: join(workspace, relative(film.workspace, film.root)) };
}

async function make({ shots: count = 1, name = 'Test Film' }: Wanted, workspace: string): Promise<TestFilm> {
  const root = await createProjectFolder({ name, workspace, quality: 'low', structure: 'three-act' });
  const scene = await addScene(root, '01', 'A scene');
  const files = new Set(scene.files);
  const shots = [];
  for (let index = 1; index <= count; index++) {
    const shot = await addShot(root, scene.address, { description: `Shot ${index}`, size: 'MS' });
    for (const file of shot.files) files.add(file);
    shots.push({ address: shot.address, id: shot.id as ShotId });
  }
  await commitPaths(root, { paths: [...files], media: [], message: 'Write a scene' });
  return { root, workspace, shots };
}
