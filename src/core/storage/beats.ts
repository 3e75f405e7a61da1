import { slateCode } from '../model/address.ts';
import type { EmotionalBeat, Project } from '../model/project.ts';
import type { BeatView } from '../protocol/beatView.ts';
import { allScenes, readProject } from './projectFiles.ts';

type Place = Required<Pick<BeatView, 'at' | 'boundTo'>>;

export async function readBeats(root: string): Promise<readonly BeatView[]> {
  return beatViews((await readProject(root)).value);
}

/** In the order of the manifest. */
export function beatViews(project: Project): readonly BeatView[] {
  const placeOf = placesOf(project);
  return project.narrative.emotionalBeats.map((beat, index) => {
    const { id, name, description, position, intensity } = beat;
    return {
      number: index + 1,
      ...(id === undefined ? {} : { id }),
      name,
      ...(description === undefined ? {} : { description }),
      position,
      intensity,
      ...placeOf(beat),
    };
  });
}

/** A scene says more than the chapter it is in. */
function placesOf(project: Project): (beat: EmotionalBeat) => Place | undefined {
  const places = new Map<string | undefined, Place>();
  for (const { id, number, title } of project.narrative.chapters)
    places.set(id, { at: slateCode(number), boundTo: title });
  for (const { scene, address } of allScenes(project))
    places.set(scene.id, { at: address, boundTo: scene.title });
  return ({ scene, chapter }) => places.get(scene) ?? places.get(chapter);
}
