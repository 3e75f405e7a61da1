import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Film } from './film.ts';

/** What a user does once told of a lock that a killed Git has left: deletes it. Tells which there were. */
export async function releaseGitLocks({ root }: Film): Promise<readonly string[]> {
  const names = await readdir(join(root, '.git'), { recursive: true });
  const locks = names.filter((name) =>
    /(^|[\\/])(index|HEAD|config|packed-refs|main|master)\.lock$/.test(name),
  );
  for (const lock of locks) await rm(join(root, '.git', lock));
  return locks;
}
