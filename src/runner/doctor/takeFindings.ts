import { join } from 'node:path';
import * as z from 'zod';
import { CommitState } from '../../core/model/job.ts';
import { isThere, readFolder } from '../../core/storage/locate.ts';
import { versionOf } from '../queue/database.ts';
import { schemaVersion } from '../queue/schema.ts';
import { fine, warning, type Finding } from './check.ts';
import { commandLine, gitIn } from './commands.ts';
import { readQueue } from './stateChecks.ts';

const PendingTake = z.object({ commit: CommitState });

const pendingOf = 'SELECT take FROM jobs WHERE commit_pending = 1 AND project_root = ? ORDER BY seq DESC';

/** Takes that are recorded and not yet committed, with what keeps the newest waiting. */
export async function pendingFinding(home: string, root: string): Promise<Finding> {
  const path = join(home, 'auteur.db');
  if (!(await isThere(path))) return fine('none');
  const takes = readQueue(path, (database) =>
    versionOf(database) === schemaVersion ? database.prepare(pendingOf).all(root) : [],
  );
  const [newest] = takes;
  if (newest === undefined) return fine('none');
  const { commit } = PendingTake.parse(JSON.parse(String(newest['take'])));
  const { reason, hint } = commit.state === 'pending' ? commit : { reason: undefined, hint: undefined };
  const count = takes.length === 1 ? '1 take is' : `${takes.length} takes are`;
  return warning(
    `${count} recorded and not yet committed${reason === undefined ? '' : `: ${reason}`}`,
    hint ?? 'They are committed when a window has the project open, or by a worker.',
    reason === undefined ? 'auteur worker --once' : gitIn(root, 'status'),
  );
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
