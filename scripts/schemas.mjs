// Writes schemas/ from the zod models: `node scripts/schemas.mjs`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonSchemas } from '../src/core/model/jsonSchemas.ts';

const folder = join(import.meta.dirname, '..', 'schemas');
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(jsonSchemas())) await writeFile(join(folder, name), text);
