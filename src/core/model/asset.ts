import * as z from 'zod';
import { AssetId } from './ids.ts';
import { SchemaReference, SchemaVersion } from './schemaFields.ts';
import { RelativePath } from './relativePath.ts';
import { Title } from './title.ts';

/** The newest layout of `asset.json` this build can write. */
export const assetSchemaVersion = 1;

export const Asset = z
  .looseObject({
    $schema: SchemaReference,
    schemaVersion: SchemaVersion,
    id: AssetId.check(z.describe('The same as in project.json; never changes.')),
    name: Title.check(z.describe('One line of 1 to 200 characters.')),
    description: z.string().max(20_000).optional().meta({ description: 'How it looks or sounds, in words.' }),
    keywords: z.array(z.string()).optional().meta({ description: 'Words for the prompt.' }),
    triggerWords: z.array(z.string()).optional().meta({ description: 'Words a trained model answers to.' }),
    negative: z.array(z.string()).optional().meta({ description: 'What must not be seen.' }),
    references: z.array(RelativePath).max(100).optional().meta({
      description:
        "Reference pictures (PNG, JPEG or GIF) in the asset's folder, the main one first. Without this list the first picture by name counts.",
    }),
  })
  .meta({ title: 'Auteur asset', description: 'A character, location, style or piece of music.' });
export type Asset = z.infer<typeof Asset>;
