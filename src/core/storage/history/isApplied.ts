import type { Project } from '../../model/project.ts';
import { allScenes, readShotList } from '../projectFiles.ts';
import type { FilmChange } from './historyEntry.ts';

/** Whether the film holds what an edit did. The files decide, not what was written about them. */
export async function isApplied(root: string, project: Project, change: FilmChange): Promise<boolean> {
  switch (change.kind) {
    case 'addChapter':
      return project.narrative.chapters.some(({ id }) => id === change.chapter.id);
    case 'addScene':
      return allScenes(project).some(({ scene }) => scene.id === change.scene.id);
    case 'addShot': {
      const shots = await shotsOfScene(root, project, change.sceneId);
      return shots.some(({ id }) => id === change.shot.id);
    }
    case 'chooseTake': {
      const shots = await shotsOfScene(root, project, change.sceneId);
      const shot = shots.find(({ id }) => id === change.shotId);
      return shot !== undefined && shot.activeTake === change.to;
    }
  }
}

async function shotsOfScene(root: string, project: Project, sceneId: string) {
  const placed = allScenes(project).find(({ scene }) => scene.id === sceneId);
  const list = placed === undefined ? undefined : await readShotList(root, placed.scene);
  return list?.value.shots ?? [];
}
