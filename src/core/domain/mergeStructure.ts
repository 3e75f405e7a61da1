import type { ScenePlacing } from '../model/narrativeTemplate.ts';
import type { Chapter, EmotionalBeat, Project, Scene } from '../model/project.ts';
import type { NarrativeTemplate, TemplateChapter } from './narrativeTemplates.ts';

/** A chapter as the film will have it: one that is there, or one of the new structure. */
export interface MergedChapter {
  readonly existing?: Chapter;
  readonly template?: TemplateChapter;
  readonly scenes: readonly Scene[];
}

export interface StructureMerge {
  /** In the order of the film. */
  readonly chapters: readonly MergedChapter[];
  /** Without scenes, from the old structure and not edited: they go. */
  readonly gone: readonly Chapter[];
  readonly beats: {
    readonly kept: readonly EmotionalBeat[];
    readonly gone: readonly EmotionalBeat[];
    readonly added: readonly (Pick<EmotionalBeat, 'name' | 'description' | 'position' | 'intensity'> & {
      readonly chapter: TemplateChapter;
    })[];
  };
}

interface Change {
  readonly project: Project;
  /** The structure the film was made from, where it is known. */
  readonly from: NarrativeTemplate | undefined;
  readonly to: NarrativeTemplate;
  readonly scenes: ScenePlacing;
}

/**
 * The film in another structure. Scenes keep their order and each stays in the film; chapters that are there keep
 * their order; the new ones come where their part of the film begins.
 */
export function mergeStructure({ project, from, to, scenes }: Change): StructureMerge {
  const { chapters } = project.narrative;
  const matched = matchByTitle(chapters, to);
  const goes = (chapter: Chapter): boolean =>
    !matched.has(chapter) &&
    isUntouched(chapter, from) &&
    (scenes === 'place' || chapter.scenes.length === 0);
  const kept = chapters.filter((chapter) => !goes(chapter));
  const slots = interleave(kept, { to, matched, startOf: startsIn(chapters) });
  return {
    chapters: placeScenes(chapters, slots, to),
    gone: chapters.filter(goes),
    beats: mergeBeats(project.narrative.emotionalBeats, from, to),
  };
}

/** Where each chapter of a structure begins, 0..1: at its first beat, else evenly. */
function chapterStarts({ chapters }: NarrativeTemplate): readonly number[] {
  let least = 0;
  return chapters.map(({ beats }, index) => {
    const first = Math.min(...beats.map(([, , position]) => position));
    const start = index === 0 ? 0 : Number.isFinite(first) ? first : index / chapters.length;
    least = Math.max(least, start);
    return least;
  });
}

interface Slot {
  readonly existing?: Chapter;
  readonly template?: TemplateChapter;
}

/** Chapters that are called like one of the structure are that one, as long as both are in the same order. */
function matchByTitle(
  chapters: readonly Chapter[],
  { chapters: wanted }: NarrativeTemplate,
): ReadonlyMap<Chapter, TemplateChapter> {
  const found = new Map<Chapter, TemplateChapter>();
  let next = 0;
  for (const chapter of chapters) {
    const index = wanted.findIndex(({ title }, at) => at >= next && key(title) === key(chapter.title));
    const template = wanted[index];
    if (template === undefined) continue;
    found.set(chapter, template);
    next = index + 1;
  }
  return found;
}

function key(title: string): string {
  return title.normalize('NFC').trim().toLowerCase();
}

function isUntouched({ title, synopsis }: Chapter, from: NarrativeTemplate | undefined): boolean {
  return from?.chapters.some((one) => one.title === title && one.synopsis === (synopsis ?? '')) ?? false;
}

/** Where a chapter of the film begins, by the scenes before it; without any scene, by the chapters before it. */
function startsIn(chapters: readonly Chapter[]): (chapter: Chapter) => number {
  const starts = new Map<Chapter, number>();
  const total = chapters.reduce((sum, { scenes }) => sum + scenes.length, 0);
  let before = 0;
  chapters.forEach((chapter, index) => {
    starts.set(chapter, total === 0 ? index / chapters.length : before / total);
    before += chapter.scenes.length;
  });
  return (chapter) => starts.get(chapter) ?? 0;
}

interface Interleaving {
  readonly to: NarrativeTemplate;
  readonly matched: ReadonlyMap<Chapter, TemplateChapter>;
  readonly startOf: (chapter: Chapter) => number;
}

function interleave(kept: readonly Chapter[], { to, matched, startOf }: Interleaving): readonly Slot[] {
  const starts = chapterStarts(to);
  const taken = new Set(matched.values());
  const slots: Slot[] = [];
  let next = 0;
  const upTo = (isBefore: (template: TemplateChapter, start: number) => boolean): void => {
    for (;;) {
      const template = to.chapters[next];
      if (template === undefined || taken.has(template) || !isBefore(template, starts[next] ?? 0)) return;
      slots.push({ template });
      next++;
    }
  };
  for (const existing of kept) {
    const template = matched.get(existing);
    // A matched chapter waits for those of the structure before it; the others go by their place in the film.
    upTo((_, start) => template !== undefined || start < startOf(existing));
    slots.push(template === undefined ? { existing } : { existing, template });
    if (template !== undefined) next = to.chapters.indexOf(template) + 1;
  }
  upTo(() => true);
  return slots;
}

/** Scenes of chapters that go come where their place in the film is, as far as the order of the scenes allows. */
function placeScenes(
  chapters: readonly Chapter[],
  slots: readonly Slot[],
  to: NarrativeTemplate,
): readonly MergedChapter[] {
  const all = chapters.flatMap((chapter) => chapter.scenes.map((scene) => ({ scene, chapter })));
  const slotOf = new Map(slots.map(({ existing }, index) => [existing, index]));
  const fixed = all.map(({ chapter }) => slotOf.get(chapter));
  const nextFixed = [...fixed];
  for (let index = nextFixed.length - 2; index >= 0; index--) nextFixed[index] ??= nextFixed[index + 1];
  const scenes = slots.map((): Scene[] => []);
  let least = 0;
  all.forEach(({ scene }, index) => {
    const most = nextFixed[index] ?? slots.length - 1;
    const wanted = fixed[index] ?? slotAt((index + 0.5) / all.length, slots, to);
    least = Math.max(least, Math.min(wanted, most));
    scenes[least]?.push(scene);
  });
  return slots.map((slot, index) => ({ ...slot, scenes: scenes[index] ?? [] }));
}

function slotAt(position: number, slots: readonly Slot[], to: NarrativeTemplate): number {
  const index = chapterStarts(to).findLastIndex((start) => start <= position);
  return slots.findIndex(({ template }) => template === to.chapters[Math.max(0, index)]);
}

/** Beats that were written, changed or bound to a scene stay; those of the old structure make way for the new. */
function mergeBeats(
  beats: readonly EmotionalBeat[],
  from: NarrativeTemplate | undefined,
  to: NarrativeTemplate,
): StructureMerge['beats'] {
  const old = new Set(from?.chapters.flatMap((chapter) => chapter.beats.map((beat) => JSON.stringify(beat))));
  const isOld = ({ name, description = '', position, intensity, scene }: EmotionalBeat): boolean =>
    scene === undefined && old.has(JSON.stringify([name, description, position, intensity]));
  const kept = beats.filter((beat) => !isOld(beat));
  const has = new Set(kept.map(({ name, position }) => `${key(name)} ${String(position)}`));
  const added = to.chapters.flatMap((chapter) =>
    chapter.beats
      .filter(([name, , position]) => !has.has(`${key(name)} ${String(position)}`))
      .map(([name, description, position, intensity]) => ({
        name,
        description,
        position,
        intensity,
        chapter,
      })),
  );
  return { kept, gone: beats.filter(isOld), added };
}
