import { join, posix } from 'node:path';
import * as z from 'zod';
import { parseTakeFileName } from '../../core/domain/numbering.ts';
import { CommitState } from '../../core/model/job.ts';
import { newPaths } from '../../core/storage/commit.ts';
import { isThere, readFolder } from '../../core/storage/locate.ts';
import { versionOf } from '../queue/database.ts';
import { schemaVersion } from '../queue/schema.ts';
import { fine, warning, type Finding } from './check.ts';
import { commandLine } from './commands.ts';
import { readQueue } from './stateChecks.ts';

const PendingTake = z.object({ commit: CommitState });

const pendingOf = 'SELECT take FROM jobs WHERE commit_pending = 1 AND project_root = ? ORDER BY seq DESC';

interface PendingLook {
  readonly home: string;
  readonly root: string;
  /** Whether Git can be asked what it lacks. */
  readonly asksGit: boolean;
}

/**
 * Takes that are recorded and not yet committed, with what kept the newest waiting when it was last tried. The film is
 * looked at, too: where it was moved or unpacked, the queue of this machine does not know of them.
 */
export async function pendingFinding({ home, root, asksGit }: PendingLook): Promise<Finding> {
  const takes = await pendingInQueue(home, root);
  const count = Math.max(takes.length, asksGit ? await uncommittedTakes(root) : 0);
  if (count === 0) return fine('none');
  const [newest] = takes;
  const { reason, hint } = newest?.state === 'pending' ? newest : { reason: undefined, hint: undefined };
  const waits = `${count === 1 ? '1 take is' : `${count} takes are`} recorded and not yet committed`;
  const command = commandLine(['auteur', '-C', root, 'worker', '--once']);
  const next = 'They are committed when a window has the project open, or now.';
  if (reason === undefined) return warning(waits, next, command);
  // What it says may be mended already.
  const after = 'Once that is mended, this commits what waits.';
  return warning(`${waits}; the last try said: ${reason}`, `${hint ?? ''} ${after}`.trimStart(), command);
}

async function pendingInQueue(home: string, root: string): Promise<readonly CommitState[]> {
  const path = join(home, 'auteur.db');
  if (!(await isThere(path))) return [];
  const takes = readQueue(path, (database) =>
    versionOf(database) === schemaVersion ? database.prepare(pendingOf).all(root) : [],
  );
  return takes.map(({ take }) => PendingTake.parse(JSON.parse(String(take))).commit);
}

async function uncommittedTakes(root: string): Promise<number> {
  const files = await newPaths(root, ['03_Renders']);
  return files.filter((path) => parseTakeFileName(posix.basename(path))?.extension === 'json').length;
}

/** Outputs that could not become takes are kept, out of the recorder's way. */
export async function outboxFinding(root: string): Promise<Finding> {
  const outbox = join(root, '.auteur', 'outbox');
  const kept = (await readFolder(outbox)).filter((name) => name.endsWith('.unusable'));
  if (kept.length === 0) return fine('none');
  const count = kept.length === 1 ? '1 output' : `${kept.length} outputs`;
  return warning(
    `${count} of a pipeline could not be recorded and ${kept.length === 1 ? 'is' : 'are'} kept`,
    'Look at what is there; what you do not need may be deleted.',
    commandLine([...(process.platform === 'win32' ? ['dir'] : ['ls', '-R']), outbox]),
  );
}
