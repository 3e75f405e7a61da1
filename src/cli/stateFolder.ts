import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AuteurError, systemCode } from '../core/errors.ts';

/**
 * Makes the state folder, one level at a time: Node's own recursive mkdir never returns
 * where a parent is there but takes no folders, as /proc does.
 * @throws AuteurError `database-unusable`
 */
export async function makeStateFolder(home: string): Promise<void> {
  try {
    await makeFolder(home);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuteurError('database-unusable', { path: home, reason }, { cause: error });
  }
}

async function makeFolder(folder: string): Promise<void> {
  if (await tryMake(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
}

/** False where a parent is missing. */
async function tryMake(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  // That it is a file, not a folder, is found out when the queue is opened.
  if (systemCode(error) !== 'EEXIST') throw error;
}
