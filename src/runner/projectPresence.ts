import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../core/errors.ts';
import type { JobRequest } from '../core/model/job.ts';
import { kindOf } from '../core/storage/ownFolder.ts';

/**
 * Checks that the job's project is still where it was, so that nothing is made in a folder that is gone.
 * A manifest that does not parse just now is no reason to fail a job: the job carries all it needs.
 * @throws AuteurError `project-moved`
 */
export async function requireProjectOf({ projectRoot, projectId }: JobRequest): Promise<void> {
  const id = await idOf(join(projectRoot, 'project.json'));
  if (id !== 'unreadable' && id !== projectId) throw new AuteurError('project-moved', { root: projectRoot });
}

async function idOf(path: string): Promise<unknown> {
  const kind = await kindOf(path);
  if (kind !== 'file') return kind === 'nothing' ? undefined : 'unreadable';
  try {
    const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'id' in manifest ? manifest.id : 'unreadable';
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
