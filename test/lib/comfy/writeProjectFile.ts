import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputFile } from '../../../src/core/model/take.ts';

/** A file of a project, and what a take made from it says of it. */
export function writeProjectFile(root: string, path: string, content: Buffer): InputFile {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return InputFile.parse({ path, sha256: createHash('sha256').update(content).digest('hex') });
}
