import type { EmotionalBeat, Project, Scene } from '../model/project.ts';

type Beats = readonly EmotionalBeat[];

/**
 * The emotional beats a scene stands in: those that are bound to it, in order of position, else the nearest one that is
 * bound to no other.
 */
export function beatsOfScene({ narrative }: Project, scene: Scene): Beats {
  const { chapters, emotionalBeats: beats } = narrative;
  const bound = beats.filter((beat) => beat.scene === scene.id);
  if (bound.length > 0) return inOrder(bound);
  const scenes = chapters.flatMap((chapter) => chapter.scenes);
  const position = (scenes.findIndex(({ id }) => id === scene.id) + 0.5) / scenes.length;
  const chapter = chapters.find(({ scenes: inside }) => inside.some(({ id }) => id === scene.id));
  return nearest(nearChapter(beats.filter(isFree), chapter?.id), position);
}

/** The same for all scenes at once, by their ids. */
export function beatsOfScenes({ narrative }: Project): ReadonlyMap<Scene['id'], Beats> {
  const { chapters, emotionalBeats } = narrative;
  const free = emotionalBeats.filter(isFree);
  const count = chapters.reduce((sum, { scenes }) => sum + scenes.length, 0);
  const found = new Map<Scene['id'], Beats>();
  let before = 0;
  for (const { id, scenes } of chapters) {
    const near = nearChapter(free, id);
    scenes.forEach((scene, index) => {
      found.set(scene.id, nearest(near, (before + index + 0.5) / count));
    });
    before += scenes.length;
  }
  return new Map([...found, ...boundBeats(emotionalBeats)]);
}

function boundBeats(beats: Beats): ReadonlyMap<Scene['id'], Beats> {
  const bound = new Map<Scene['id'], EmotionalBeat[]>();
  for (const beat of inOrder(beats)) {
    if (beat.scene === undefined) continue;
    const others = bound.get(beat.scene);
    if (others === undefined) bound.set(beat.scene, [beat]);
    else others.push(beat);
  }
  return bound;
}

function inOrder(beats: Beats): Beats {
  return beats.toSorted((one, other) => one.position - other.position);
}

function isFree({ scene }: EmotionalBeat): boolean {
  return scene === undefined;
}

function nearChapter(free: Beats, chapter: string | undefined): Beats {
  const near = free.filter((beat) => beat.chapter === chapter);
  return near.length > 0 ? near : free.filter((beat) => beat.chapter === undefined);
}

function nearest(beats: Beats, position: number): Beats {
  const [first, ...others] = beats;
  if (first === undefined) return [];
  const least = (found: EmotionalBeat, beat: EmotionalBeat): EmotionalBeat =>
    away(found, position) <= away(beat, position) ? found : beat;
  return [others.reduce(least, first)];
}

function away({ position }: EmotionalBeat, from: number): number {
  return Math.abs(position - from);
}
