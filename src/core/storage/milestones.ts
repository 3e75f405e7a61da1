import { parseTakeFileName } from '../domain/numbering.ts';
import type { Shot } from '../model/shotList.ts';
import type { Milestones } from '../ports/studio.ts';
import { readFolder } from './locate.ts';
import { allScenes, readProject, shotsOf } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';

/** How far a film has come. It looks no further than the first of each kind, so it is cheap in a large film. */
export async function readMilestones(root: string): Promise<Milestones> {
  const { value: project } = await readProject(root);
  const shots: Shot[] = [];
  for (const placed of allScenes(project)) {
    shots.push(...(await shotsOf(root, placed)).map(({ shot }) => shot));
    if (shots.some(({ activeTake }) => activeTake !== undefined))
      return { shot: true, take: true, activeTake: true };
  }
  return { shot: shots.length > 0, take: await hasTake(root, shots), activeTake: false };
}

async function hasTake(root: string, shots: readonly Shot[]): Promise<boolean> {
  for (const { folder } of shots) {
    const names = await readFolder(await resolveInside(root, folder));
    if (names.some((name) => parseTakeFileName(name)?.extension === 'json')) return true;
  }
  return false;
}
