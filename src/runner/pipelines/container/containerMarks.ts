import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { systemCode } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import { writeFileAtomic } from '../../../core/storage/atomicFile.ts';
import { isThere, readFolder } from '../../../core/storage/locate.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { engineName } from './engineName.ts';
import { removeJobFolder, type JobAttempt } from './jobFolder.ts';

/** An earlier version wrote nothing but the root. */
const Mark = z.object({ root: z.string(), engine: z.string().optional() });

type EngineAddress = Pick<ContainerEngine, 'address'>;

/**
 * The attempts that may have a container, one file each in the state folder: nothing need be asked where there is none.
 * Each is made before its container: whatever happens then, it is known of.
 */
export class ContainerMarks {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'containers');
  }

  async add({ id, projectRoot: root }: JobRequest, attempt: number, engine: EngineAddress): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const mark: z.infer<typeof Mark> = { root, engine: await engineName(engine) };
    await writeFileAtomic(this.#fileOf({ id, attempt }), JSON.stringify(mark));
  }

  /** With what the attempt was given and has made. Two processes may do it at once. */
  async clear(mark: JobAttempt): Promise<void> {
    const found = await this.#read(mark);
    if (found !== undefined) await removeJobFolder(found.root, mark);
    await rm(this.#fileOf(mark), { force: true });
  }

  /** Whether there ever were any. */
  wereAny(): Promise<boolean> {
    return isThere(this.#folder);
  }

  /** Those on this engine, or of which nobody knows where: another process may use another engine. */
  async on(engine: EngineAddress): Promise<readonly JobAttempt[]> {
    return (await this.#all(engine)).filter(({ isElsewhere }) => !isElsewhere).map(({ mark }) => mark);
  }

  /** The jobs that were taken up last on another engine. */
  async elsewhere(engine: EngineAddress): Promise<ReadonlySet<JobId>> {
    const last = new Map<JobId, boolean>();
    const all = await this.#all(engine);
    for (const { mark, isElsewhere } of all.sort((a, b) => a.mark.attempt - b.mark.attempt))
      last.set(mark.id, isElsewhere);
    return new Set([...last].flatMap(([id, isElsewhere]) => (isElsewhere ? [id] : [])));
  }

  async #all(engine: EngineAddress) {
    const marks: { readonly mark: JobAttempt; readonly isElsewhere: boolean }[] = [];
    // Whatever else lies there is none of ours.
    const all = (await readFolder(this.#folder)).flatMap((name) => markOf(name) ?? []);
    const here = all.length === 0 ? '' : await engineName(engine);
    for (const mark of all) {
      const { engine: named = here } = (await this.#read(mark)) ?? {};
      marks.push({ mark, isElsewhere: named !== here });
    }
    return marks;
  }

  #fileOf({ id, attempt }: JobAttempt): string {
    return join(this.#folder, `${id}.${attempt}`);
  }

  async #read(mark: JobAttempt): Promise<z.infer<typeof Mark> | undefined> {
    try {
      const text = await readFile(this.#fileOf(mark), 'utf8');
      return text.startsWith('{') ? Mark.parse(JSON.parse(text)) : { root: text };
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
