import * as z from 'zod';
import { AssetId } from './ids.ts';
import { Title } from './title.ts';

export const Asset = z
  .looseObject({
    $schema: z.string().optional(),
    schemaVersion: z.int().positive(),
    id: AssetId,
    name: Title,
    description: z.string().max(20_000).optional(),
    keywords: z.array(z.string()).optional(),
    triggerWords: z.array(z.string()).optional().meta({ description: 'Words a trained model answers to.' }),
    negative: z.array(z.string()).optional().meta({ description: 'What must not be seen.' }),
  })
  .meta({ title: 'Auteur asset', description: 'A character, location, style or piece of music.' });
export type Asset = z.infer<typeof Asset>;
