import { mkdir, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AuteurError, systemCode } from '../core/errors.ts';
import { expandHome } from '../core/storage/locate.ts';

/** Magic numbers of network file systems, from statfs(2): NFS, SMB, CIFS, SMB2, AFS, Ceph, 9P. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x01021997]);

/** The user's state folder, where the queue lives: `AUTEUR_HOME`, else what the system uses for state. */
export function auteurHome(env: NodeJS.ProcessEnv): string {
  const named = env['AUTEUR_HOME'];
  if (named !== undefined && named !== '') return expandHome(named);
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Auteur');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Auteur');
  const state = env['XDG_STATE_HOME'];
  return join(state === undefined || state === '' ? join(homedir(), '.local', 'state') : state, 'auteur');
}

/** @throws AuteurError `home-on-network`, `database-unusable` */
export async function prepareHome(home: string): Promise<void> {
  try {
    await makeFolder(home);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuteurError('database-unusable', { path: home, reason }, { cause: error });
  }
  const { type } = await statfs(home);
  if (networkTypes.has(type)) throw new AuteurError('home-on-network', { path: home });
}

/**
 * One level at a time: Node's own recursive mkdir never returns where a parent is there
 * but takes no folders, as /proc does.
 */
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
