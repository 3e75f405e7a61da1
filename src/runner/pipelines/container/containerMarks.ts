import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import { writeFileAtomic } from '../../../core/storage/atomicFile.ts';
import { isThere, readFolder } from '../../../core/storage/locate.ts';
import { removeJobFolder, type JobAttempt } from './jobFolder.ts';

/**
 * The attempts that may have a container, one file each in the state folder: nothing need be asked where there is none.
 * Each is made before its container: whatever happens then, it is known of.
 */
export class ContainerMarks {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'containers');
  }

  async add({ id, projectRoot }: JobRequest, attempt: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(this.#fileOf({ id, attempt }), projectRoot);
  }

  /** With what the attempt was given and has made. Two processes may do it at once. */
  async clear(mark: JobAttempt): Promise<void> {
    const root = await this.#rootOf(mark);
    if (root !== undefined) await removeJobFolder(root, mark);
    await rm(this.#fileOf(mark), { force: true });
  }

  /** Whether there ever were any. */
  wereAny(): Promise<boolean> {
    return isThere(this.#folder);
  }

  async all(): Promise<readonly JobAttempt[]> {
    // Whatever else lies there is none of ours.
    return (await readFolder(this.#folder)).flatMap((name) => markOf(name) ?? []);
  }

  #fileOf({ id, attempt }: JobAttempt): string {
    return join(this.#folder, `${id}.${attempt}`);
  }

  async #rootOf(mark: JobAttempt): Promise<string | undefined> {
    try {
      return await readFile(this.#fileOf(mark), 'utf8');
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      return undefined;
    }
  }
}

function markOf(name: string): JobAttempt | undefined {
  const [, job, attempt] = /^(.+)\.(\d+)$/.exec(name) ?? [];
  const id = JobId.safeParse(job);
  return id.success ? { id: id.data, attempt: Number(attempt) } : undefined;
}
