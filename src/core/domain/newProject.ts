import { AuteurError } from '../errors.ts';
import { BeatId, ChapterId, newId, ProjectId } from '../model/ids.ts';
import { projectSchemaVersion, type Chapter, type EmotionalBeat, type Project } from '../model/project.ts';
import type { Quality } from '../model/quality.ts';
import { narrativeTemplates, type NarrativeTemplate } from './narrativeTemplates.ts';

/** A manifest with all its fields, its chapters and emotional beats filled from the narrative structure. */
export function newProject(options: {
  name: string;
  quality: Quality;
  structure: string;
  /** What is in the library beside the structures everybody has. */
  templates?: readonly NarrativeTemplate[];
  now: Date;
}): Project {
  const template = findTemplate(options.structure, options.templates);
  const chapters = template.chapters.map(({ title, synopsis }, index): Chapter => ({
    id: newId(ChapterId),
    number: index + 1,
    title,
    synopsis,
    scenes: [],
  }));
  return {
    $schema: './.auteur/project.schema.json',
    schemaVersion: projectSchemaVersion,
    id: newId(ProjectId),
    name: options.name,
    created: options.now.toISOString(),
    quality: options.quality,
    narrative: {
      structure: template.id,
      nextNumber: chapters.length + 1,
      nextSceneNumber: 1,
      chapters,
      emotionalBeats: beatsOf(template, chapters),
    },
    assets: { characters: [], locations: [], styles: [], music: [] },
    canvas: { nodes: [], edges: [], viewport: { x: 0, y: 0, zoom: 1 } },
    settings: { fps: 24, resolution: [1920, 1080], aspectRatio: '16:9' },
  };
}

/** @throws AuteurError `structure-unknown` */
export function findTemplate(
  structure: string,
  others: readonly NarrativeTemplate[] = [],
): NarrativeTemplate {
  const all = [...narrativeTemplates, ...others];
  const template = all.find(({ id }) => id === structure);
  if (template !== undefined) return template;
  throw new AuteurError('structure-unknown', { structure, known: all.map(({ id }) => id).join(', ') });
}

function beatsOf(template: NarrativeTemplate, chapters: readonly Chapter[]): EmotionalBeat[] {
  return template.chapters.flatMap(({ beats }, index) =>
    beats.map(([name, description, position, intensity]): EmotionalBeat => {
      const chapter = chapters[index];
      const words = { id: newId(BeatId), name, description, position, intensity };
      return { ...words, ...(chapter ? { chapter: chapter.id } : {}) };
    }),
  );
}
