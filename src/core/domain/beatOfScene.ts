import type { EmotionalBeat, Project, Scene } from '../model/project.ts';

/** The emotional beat a scene stands in: the one bound to it, else the nearest one that is bound to no other. */
export function beatOfScene({ narrative }: Project, scene: Scene): EmotionalBeat | undefined {
  const { chapters, emotionalBeats: beats } = narrative;
  const bound = beats.find((beat) => beat.scene === scene.id);
  if (bound !== undefined) return bound;
  const scenes = chapters.flatMap((chapter) => chapter.scenes);
  const position = (scenes.findIndex(({ id }) => id === scene.id) + 0.5) / scenes.length;
  const chapter = chapters.find(({ scenes: inside }) => inside.some(({ id }) => id === scene.id));
  const free = beats.filter((beat) => beat.scene === undefined);
  const near = free.filter((beat) => beat.chapter === chapter?.id);
  const candidates = near.length > 0 ? near : free.filter((beat) => beat.chapter === undefined);
  return candidates.reduce<EmotionalBeat | undefined>(
    (nearest, beat) => (nearest && away(nearest, position) <= away(beat, position) ? nearest : beat),
    undefined,
  );
}

function away({ position }: EmotionalBeat, from: number): number {
  return Math.abs(position - from);
}
