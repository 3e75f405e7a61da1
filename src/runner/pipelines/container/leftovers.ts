import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AuteurError, systemCode } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { writeFileAtomic } from '../../../core/storage/atomicFile.ts';
import { readFolder } from '../../../core/storage/locate.ts';
import { isOwnFolder } from '../../../core/storage/ownFolder.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { hasEnded } from '../hasEnded.ts';
import { containerName } from './containerSpec.ts';

/** The jobs that have a container, one file each in the state folder: nothing else need be asked where there is none. */
export class ContainerMarks {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'containers');
  }

  /** Before the container is made: whatever happens then, it is known of. */
  async add({ id, projectRoot }: JobRequest): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(this.#folder, id), projectRoot);
  }

  async remove(id: JobId): Promise<void> {
    await rm(join(this.#folder, id), { force: true });
  }

  async jobs(): Promise<readonly JobId[]> {
    const names = await readFolder(this.#folder);
    // Whatever else lies there is none of ours.
    return names.flatMap((name) => JobId.safeParse(name).data ?? []);
  }

  /** The project of a job; undefined where another process has just tidied it up. */
  async rootOf(id: JobId): Promise<string | undefined> {
    try {
      return await readFile(join(this.#folder, id), 'utf8');
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      return undefined;
    }
  }
}

/** Ends and removes what jobs have left that ended while nobody could: cancelled with the engine away, or killed. */
export async function sweepLeftovers(
  engine: ContainerEngine,
  marks: ContainerMarks,
  outcome: (id: JobId) => Outcome,
): Promise<void> {
  const failures: unknown[] = [];
  for (const id of await marks.jobs()) {
    if (!hasEnded(outcome(id))) continue;
    try {
      await removeLeftover(engine, marks, id);
    } catch (error) {
      // What is left is there when the engine is.
      if (AuteurError.is(error, 'engine-not-running')) return;
      failures.push(error);
    }
  }
  // One that cannot be removed keeps no other from being removed.
  if (failures.length > 0) throw failures[0];
}

async function removeLeftover(engine: ContainerEngine, marks: ContainerMarks, id: JobId): Promise<void> {
  const found = await engine.state(containerName({ id }));
  if (found !== undefined) await engine.remove(found.id);
  await removeWork(await marks.rootOf(id), id);
  await marks.remove(id);
}

async function removeWork(root: string | undefined, id: JobId): Promise<void> {
  const names = ['.auteur', 'work', basename(id)] as const;
  if (root === undefined || !(await isOwnFolder(root, ...names))) return;
  await rm(join(root, ...names), { recursive: true, force: true });
}
