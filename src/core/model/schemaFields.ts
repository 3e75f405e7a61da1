import * as z from 'zod';

export const SchemaReference = z.string().optional().meta({
  description: 'The JSON Schema of this file: by it any editor completes and checks the file offline.',
});

export const SchemaVersion = z.int().positive().meta({
  description: 'The layout of this file; 1 is the only one so far. What a newer version wrote is only read.',
});
