import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newProject } from '../../src/core/domain/newProject.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';
import { tempFolder } from './tempFolder.ts';

/** The text of a film without Git: three chapters, and some shots in scene 01/01. */
export async function textFilm({ shots = 1 }: { shots?: number } = {}): Promise<string> {
  const root = tempFolder();
  const project = newProject({ name: 'Text Film', quality: 'low', structure: 'three-act', now: new Date() });
  await mkdir(join(root, '02_Source_Creative', 'ShotLists'), { recursive: true });
  await writeFile(join(root, 'project.json'), formatJson(project));
  await addScene(root, '01', 'A scene');
  for (let index = 1; index <= shots; index++)
    await addShot(root, '01/01', { description: `Shot ${index}`, size: 'MS' });
  return root;
}
