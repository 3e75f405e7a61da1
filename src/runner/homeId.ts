import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createExclusively } from '../core/storage/atomicFile.ts';
import { isThere } from '../core/storage/locate.ts';

/** What a state folder is known by: another system of the same machine may have one of the same path. */
export async function homeId(home: string): Promise<string> {
  const file = join(home, 'id');
  // Where another process is quicker, its id is the one.
  if (!(await isThere(file))) await createExclusively(file, randomUUID());
  return readFile(file, 'utf8');
}
