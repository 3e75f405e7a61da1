import { parseTakeFileName } from '../domain/numbering.ts';
import { toFailure } from '../errors.ts';
import type { Failure } from '../model/job.ts';
import type { Shot } from '../model/shotList.ts';
import type { Milestones } from '../ports/studio.ts';
import { readFolder } from './locate.ts';
import { allScenes, readProject, shotsOf } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';

/** How far a film has come. It looks no further than the first of each kind, so it is cheap in a large film. */
export async function readMilestones(root: string): Promise<Milestones> {
  const { value: project } = await readProject(root);
  const shots: Shot[] = [];
  const unread: Failure[] = [];
  for (const placed of allScenes(project)) {
    const read = await readable(unread, () => shotsOf(root, placed));
    shots.push(...(read ?? []).map(({ shot }) => shot));
    if (shots.some(({ activeTake }) => activeTake !== undefined))
      return { shot: true, take: true, activeTake: true, unread };
  }
  const take = await hasTake(root, shots, unread);
  return { shot: shots.length > 0, take, activeTake: false, unread };
}

async function hasTake(root: string, shots: readonly Shot[], unread: Failure[]): Promise<boolean> {
  for (const { folder } of shots) {
    const names = await readable(unread, async () => readFolder(await resolveInside(root, folder)));
    if (names?.some((name) => parseTakeFileName(name)?.extension === 'json')) return true;
  }
  return false;
}

/** One part of a film that cannot be read says nothing about the others. */
async function readable<T>(unread: Failure[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    unread.push(toFailure(error));
    return undefined;
  }
}
