import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Film } from './film.ts';

const locks = ['index', 'HEAD', 'config', 'packed-refs', 'refs/heads/main', 'refs/heads/master'];

/** What a user does once told of a lock that a killed Git has left: deletes it. No Git may be at work. */
export async function releaseGitLocks({ root }: Film): Promise<void> {
  const paths = locks.map((name) => join(root, '.git', `${name}.lock`));
  for (const path of paths.filter((one) => existsSync(one))) await rm(path);
}
