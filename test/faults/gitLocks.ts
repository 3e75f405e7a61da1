import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Film } from './film.ts';

const locks = ['index', 'HEAD', 'config', 'packed-refs', 'refs/heads/main', 'refs/heads/master'];

/**
 * What a user does once told of a lock that a killed Git has left: deletes it. No Git may be at work on one that has lain
 * there for so long.
 */
export async function releaseGitLocks({ root }: Film, lyingMs = 0): Promise<void> {
  const paths = locks.map((name) => join(root, '.git', `${name}.lock`));
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs >= lyingMs) await rm(path, { force: true });
  }
}
