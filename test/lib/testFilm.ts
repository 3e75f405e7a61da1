import type { ShotId } from '../../src/core/model/ids.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { tempFolder } from './tempFolder.ts';

export interface TestFilm {
  readonly root: string;
  readonly workspace: string;
  /** Addresses of its shots, all in scene 01/01. */
  readonly shots: readonly { readonly address: string; readonly id: ShotId }[];
}

/** A real project with Git and LFS, one scene and some shots, everything committed. */
export async function testFilm(options: { shots?: number; name?: string } = {}): Promise<TestFilm> {
  const workspace = tempFolder();
  const name = options.name ?? 'Test Film';
  const root = await createProjectFolder({ name, workspace, quality: 'low', structure: 'three-act' });
  const scene = await addScene(root, '01', 'A scene');
  const files = new Set(scene.files);
  const shots = [];
  for (let index = 1; index <= (options.shots ?? 1); index++) {
    const shot = await addShot(root, scene.address, { description: `Shot ${index}`, size: 'MS' });
    for (const file of shot.files) files.add(file);
    shots.push({ address: shot.address, id: shot.id as ShotId });
  }
  await commitPaths(root, { paths: [...files], media: [], message: 'Write a scene' });
  return { root, workspace, shots };
}
