import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchemas } from './jsonSchemas.ts';

test.each(Object.entries(jsonSchemas()))(
  'schemas/%s is what the model says (node scripts/schemas.mjs)',
  (name, text) => {
    expect(readFileSync(`schemas/${name}`, 'utf8')).toBe(text);
  },
);
