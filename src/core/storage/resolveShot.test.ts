import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { EmotionalBeat } from '../model/project.ts';
import { filmView } from './filmViews.ts';
import { formatJson } from './jsonFile.ts';
import { findShot, readProject } from './projectFiles.ts';
import { ShotResolver } from './resolveShot.ts';

test('all beats that are bound to a scene speak in its prompts, and the scene names them', async () => {
  const root = await textFilm();
  const { value: project } = await readProject(root);
  const scene = project.narrative.chapters[0]?.scenes[0]?.id;
  project.narrative.emotionalBeats = [
    EmotionalBeat.parse({ name: 'Loss', description: 'All is lost.', position: 0.6, intensity: 1, scene }),
    EmotionalBeat.parse({ name: 'Hope', description: 'All begins.', position: 0.2, intensity: 1, scene }),
  ];
  await writeFile(join(root, 'project.json'), formatJson(project));
  const film = (await readProject(root)).value;
  const { prompt } = await new ShotResolver(root, film).resolve(await findShot(root, film, '01/01/01'));
  expect(prompt.context).toBe('All begins; All is lost.');
  expect((await filmView(root)).chapters[0]?.scenes[0]?.beat).toBe('Hope, Loss');
});
