import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';

export interface SmallFilm {
  readonly root: string;
  readonly address: string;
}

/** A film of one scene and one shot, written from right to left, whose takes are 160 × 90. */
export async function smallFilm(workspace: string, name: string): Promise<SmallFilm> {
  const root = await createProjectFolder({ name, workspace, quality: 'low', structure: 'three-act' });
  const manifest = join(root, 'project.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(/"resolution": \[[^\]]*\]/, '"resolution": [160, 90]'));
  const scene = await addScene(root, '01', 'קרון 7 (a)');
  const description = 'רכבת at 9:15 עוזבת';
  const shot = await addShot(root, scene.address, { description, size: 'WS' });
  const paths = [...new Set([...scene.files, ...shot.files])];
  await commitPaths(root, { paths, media: [], message: 'Write a scene' });
  return { root, address: shot.address };
}
