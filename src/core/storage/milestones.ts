import { parseTakeFileName } from '../domain/numbering.ts';
import { toFailure } from '../errors.ts';
import type { Failure } from '../model/job.ts';
import type { Milestones } from '../ports/studio.ts';
import { readFolder } from './locate.ts';
import { allScenes } from './projectFiles.ts';
import { insideResolver } from './projectPath.ts';
import { ShotLists } from './shotLists.ts';

/** How far a film has come. It looks no further than the first of each kind, so it is cheap in a large film. */
export async function readMilestones(root: string, lists = new ShotLists()): Promise<Milestones> {
  const { value: project } = await lists.project(root);
  const folders: string[] = [];
  const unread: Failure[] = [];
  for (const { scene } of allScenes(project)) {
    const facts = await readable(unread, () => lists.facts(root, scene));
    if (facts?.hasActive === true) return { shot: true, take: true, activeTake: true, unread };
    folders.push(...(facts?.folders ?? []));
  }
  const take = await hasTake(root, folders, unread);
  return { shot: folders.length > 0, take, activeTake: false, unread };
}

async function hasTake(root: string, folders: readonly string[], unread: Failure[]): Promise<boolean> {
  const inside = await insideResolver(root);
  for (const folder of folders) {
    const names = await readable(unread, async () => readFolder(await inside(folder)));
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
