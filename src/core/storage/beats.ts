import { slateCode } from '../model/address.ts';
import type { EmotionalBeat, Project } from '../model/project.ts';
import type { BeatView } from '../protocol/beatView.ts';
import { allScenes, readProject } from './projectFiles.ts';

export async function readBeats(root: string): Promise<readonly BeatView[]> {
  const { value: project } = await readProject(root);
  return project.narrative.emotionalBeats.map((beat, index) => {
    const { id, name, description, position, intensity } = beat;
    const at = beatAddress(project, beat);
    return {
      number: index + 1,
      ...(id === undefined ? {} : { id }),
      name,
      ...(description === undefined ? {} : { description }),
      position,
      intensity,
      ...(at === undefined ? {} : { at }),
    };
  });
}

/** A scene says more than the chapter it is in. */
function beatAddress(project: Project, { scene, chapter }: EmotionalBeat): string | undefined {
  const placed = allScenes(project).find((one) => one.scene.id === scene);
  if (placed !== undefined) return placed.address;
  const found = project.narrative.chapters.find(({ id }) => id === chapter);
  return found && slateCode(found.number);
}
