import * as z from 'zod';
import { Title } from './title.ts';

/** The newest layout of a template that this build can read. */
export const templateSchemaVersion = 1;

export const StructureId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, dots and dashes, at most 100')
  .meta({
    description: 'The name by which the structure is chosen. Without it, the name of the file counts.',
  });

const TemplateBeat = z.looseObject({
  name: Title,
  description: z.string().max(10_000).optional(),
  position: z.number().min(0).max(1).meta({ description: 'Where in the film, 0 (start) to 1 (end).' }),
  intensity: z.number().min(0).max(1).meta({ description: 'How strongly it is felt, 0..1.' }),
});

const TemplateChapter = z.looseObject({
  title: Title,
  synopsis: z.string().max(10_000).optional(),
  beats: z.array(TemplateBeat).max(1000).optional(),
});

/** A file of `Library/Narrative_Templates`. */
export const NarrativeTemplateFile = z
  .looseObject({
    $schema: z.string().optional(),
    schemaVersion: z.int().positive().default(templateSchemaVersion),
    id: StructureId.optional(),
    name: Title,
    description: z.string().max(10_000).optional(),
    chapters: z.array(TemplateChapter).min(1).max(500),
  })
  .meta({
    title: 'Auteur narrative template',
    description:
      'A narrative structure: the chapters a film starts with, and where its feeling rises and falls.',
  });
export type NarrativeTemplateFile = z.infer<typeof NarrativeTemplateFile>;

/** What becomes of scenes in chapters that came from the old structure and were not edited, when it changes. */
export const ScenePlacing = z.enum(['stay', 'place']);
export type ScenePlacing = z.infer<typeof ScenePlacing>;
