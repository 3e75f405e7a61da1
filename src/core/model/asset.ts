import * as z from 'zod';
import { AssetId } from './ids.ts';
import { SchemaReference, SchemaVersion } from './schemaFields.ts';
import { RelativePath } from './relativePath.ts';
import { Title } from './title.ts';

/** The newest layout of `asset.json` this build can write. */
export const assetSchemaVersion = 1;

const tooLong = 'it is text of at most 20000 characters.';
const AssetText = z.string(tooLong).max(20_000, tooLong);

/** How a character is dressed, or a place set; a shot may name one for each of its characters. */
const WardrobeVariant = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  name: Title,
  description: AssetText.optional(),
  keywords: z.array(z.string()).optional(),
  triggerWords: z.array(z.string()).optional(),
  references: z.array(RelativePath).max(100, 'it is a list of at most 100.').optional(),
});
export type WardrobeVariant = z.infer<typeof WardrobeVariant>;

export const Asset = z
  .looseObject({
    $schema: SchemaReference,
    schemaVersion: SchemaVersion,
    id: AssetId.check(z.describe('The same as in project.json; never changes.')),
    name: Title.check(z.describe('One line of 1 to 200 characters.')),
    description: AssetText.optional().meta({ description: 'How it looks or sounds, in words.' }),
    keywords: z.array(z.string()).optional().meta({ description: 'Words for the prompt.' }),
    triggerWords: z.array(z.string()).optional().meta({ description: 'Words a trained model answers to.' }),
    negative: z.array(z.string()).optional().meta({ description: 'What must not be seen.' }),
    references: z.array(RelativePath).max(100, 'it is a list of at most 100.').optional().meta({
      description:
        "Reference pictures (PNG, JPEG or GIF) in the asset's folder, the main one first. Without this list the first picture by name counts.",
    }),
    wardrobe: z.array(WardrobeVariant).max(100, 'it is a list of at most 100.').optional().meta({
      description: 'What a character wears in different parts of the film.',
    }),
  })
  .meta({ title: 'Auteur asset', description: 'A character, location, style or piece of music.' });
export type Asset = z.infer<typeof Asset>;
