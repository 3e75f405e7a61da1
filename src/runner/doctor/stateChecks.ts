import { randomUUID } from 'node:crypto';
import { rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuteurError, toFailure } from '../../core/errors.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { isThere, nearestFolder } from '../../core/storage/locate.ts';
import { prepareHome } from '../home.ts';
import { versionOf } from '../queue/database.ts';
import { schemaVersion } from '../queue/schema.ts';
import { check, failed, fine, skipped, warning, type Finding } from './check.ts';
import { commandLine } from './commands.ts';

const gib = 1024 ** 3;

/** How much room a disk should have: below `least` nothing is safe, below `enough` it will soon be full. */
interface Room {
  readonly least: number;
  readonly enough: number;
  readonly why: string;
}

const stateRoom: Room = { least: gib / 8, enough: gib, why: 'the queue is forced to disk at each step' };
export const projectRoom: Room = {
  least: gib,
  enough: 5 * gib,
  why: 'Git LFS keeps each take twice, in the folder and in .git/lfs',
};

/** The folder that holds what belongs to this machine and not to a project. */
export async function stateChecks(home: string): Promise<DoctorCheck[]> {
  const folder = await check('State folder', () => homeFinding(home));
  if (!folder.ok) {
    return [
      folder,
      await check('Queue', () => skipped('not looked at, because the state folder has to be mended first')),
    ];
  }
  return [
    folder,
    await check('Disk of the state folder', () => diskFinding(home, stateRoom)),
    await check('Queue', () => queueFinding(home)),
  ];
}

async function homeFinding(home: string): Promise<Finding> {
  await prepareHome(home);
  const hint = 'Set AUTEUR_HOME to a folder on a local disk that you may write to.';
  if (!(await stat(home)).isDirectory()) return failed(`${home} is a file, not a folder`, hint);
  const probe = join(home, `.probe-${randomUUID()}`);
  try {
    await writeFile(probe, '', { flag: 'wx' });
  } catch (error) {
    return failed(`${home} cannot be written: ${reasonOf(error)}`, hint);
  }
  await rm(probe, { force: true });
  return fine(home);
}

export async function diskFinding(folder: string, room: Room): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  return roomFinding(bavail * bsize, room);
}

export function roomFinding(free: number, { least, enough, why }: Room): Finding {
  const size = free < gib ? `${(free / 1024 ** 2).toFixed(0)} MiB` : `${(free / gib).toFixed(1)} GiB`;
  if (free >= enough) return fine(`${size} free`);
  const detail = `only ${size} free; ${why}`;
  const wanted = enough / gib;
  const hint = `Free some space: ${wanted} GiB or more is comfortable.`;
  return free < least ? failed(detail, hint) : warning(detail, hint);
}

/** Only reads: bringing an older queue up to date is for those who work with it. */
async function queueFinding(home: string): Promise<Finding> {
  const path = join(home, 'auteur.db');
  if (!(await isThere(path))) return fine('none yet; the first job makes it');
  try {
    return readQueue(path, examine);
  } catch (error) {
    return failed(`${path} is broken: ${reasonOf(error)}`, brokenHint, setAside(home));
  }
}

const brokenHint =
  'Close every window and worker, and move the state folder aside: takes are in the projects, only jobs that wait are lost.';

/** The folder, because the queue has a log, which must never be applied to another database. */
function setAside(home: string): string | undefined {
  const program = process.platform === 'win32' ? 'move' : 'mv';
  return commandLine([program, home, `${home}.broken-${Date.now()}`]);
}

function examine(database: DatabaseSync): Finding {
  const version = versionOf(database);
  if (version > schemaVersion) {
    const { message, hint } = toFailure(new AuteurError('database-newer'));
    return failed(message, hint ?? '');
  }
  const verdict = String(Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0]);
  if (verdict !== 'ok') throw new Error(verdict);
  if (version < schemaVersion)
    return fine('of an earlier version; it is brought up to date when it is next used');
  const open = database
    .prepare("SELECT count(*) AS n FROM jobs WHERE status IN ('pending', 'running')")
    .get();
  return fine(`in order; jobs waiting or running: ${String(open?.['n'])}`);
}

/** A look at the queue of a state folder, which is left as it is. */
export function readQueue<T>(path: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
