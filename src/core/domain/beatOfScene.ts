import type { EmotionalBeat, Project, Scene } from '../model/project.ts';

/** The emotional beat a scene stands in: the one bound to it, else the nearest one that is bound to no other. */
export function beatOfScene({ narrative }: Project, scene: Scene): EmotionalBeat | undefined {
  const { chapters, emotionalBeats: beats } = narrative;
  const bound = beats.find((beat) => beat.scene === scene.id);
  if (bound !== undefined) return bound;
  const scenes = chapters.flatMap((chapter) => chapter.scenes);
  const position = (scenes.findIndex(({ id }) => id === scene.id) + 0.5) / scenes.length;
  const chapter = chapters.find(({ scenes: inside }) => inside.some(({ id }) => id === scene.id));
  return nearest(nearChapter(beats.filter(isFree), chapter?.id), position);
}

/** The same for all scenes at once, by their ids. */
export function beatsOfScenes({ narrative }: Project): ReadonlyMap<Scene['id'], EmotionalBeat> {
  const { chapters, emotionalBeats } = narrative;
  const free = emotionalBeats.filter(isFree);
  const count = chapters.reduce((sum, { scenes }) => sum + scenes.length, 0);
  const found = new Map<Scene['id'], EmotionalBeat>();
  let before = 0;
  for (const { id, scenes } of chapters) {
    const near = nearChapter(free, id);
    scenes.forEach((scene, index) => {
      const beat = nearest(near, (before + index + 0.5) / count);
      if (beat !== undefined) found.set(scene.id, beat);
    });
    before += scenes.length;
  }
  for (const beat of emotionalBeats.toReversed()) if (beat.scene !== undefined) found.set(beat.scene, beat);
  return found;
}

function isFree({ scene }: EmotionalBeat): boolean {
  return scene === undefined;
}

function nearChapter(free: readonly EmotionalBeat[], chapter: string | undefined): readonly EmotionalBeat[] {
  const near = free.filter((beat) => beat.chapter === chapter);
  return near.length > 0 ? near : free.filter((beat) => beat.chapter === undefined);
}

function nearest(beats: readonly EmotionalBeat[], position: number): EmotionalBeat | undefined {
  return beats.reduce<EmotionalBeat | undefined>(
    (found, beat) => (found && away(found, position) <= away(beat, position) ? found : beat),
    undefined,
  );
}

function away({ position }: EmotionalBeat, from: number): number {
  return Math.abs(position - from);
}
