import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobId } from '../../../src/core/model/ids.ts';
import type { JobQueue, Claim } from '../../../src/core/ports/jobQueue.ts';
import type { JobView } from '../../../src/core/protocol/views.ts';
import { completeAttempt, openAttempt } from '../../../src/runner/outbox.ts';
import { jobRequests } from '../../../src/runner/jobRequests.ts';
import { prepareHome } from '../../../src/runner/home.ts';
import { openDatabase } from '../../../src/runner/queue/database.ts';
import { LocalLeases } from '../../../src/runner/queue/leases.ts';
import { LocalQueue } from '../../../src/runner/queue/localQueue.ts';
import { Recorder } from '../../../src/runner/recorder.ts';
import { timed } from './samples.ts';

const pipeline = { id: 'storyboard', kind: 'storyboard', version: 'bench' } as const;

/** The recorder of one project with its queue, and nothing that draws: what it records is put into the outbox. */
export class RecordingDesk {
  readonly #root: string;
  readonly #queue: JobQueue;
  readonly #recorder: Recorder;

  private constructor(root: string, queue: JobQueue, recorder: Recorder) {
    this.#root = root;
    this.#queue = queue;
    this.#recorder = recorder;
  }

  /** Opens the desk and records a first take: what a recorder does once is not what is measured. */
  static async open(root: string, home: string): Promise<RecordingDesk> {
    await prepareHome(home);
    const database = openDatabase(join(home, 'auteur.db'));
    const queue = new LocalQueue(database);
    const leases = new LocalLeases(database);
    const log = (line: string): void => console.error(line);
    const desk = new RecordingDesk(root, queue, new Recorder({ queue, leases, roots: () => [root], log }));
    await desk.record(await desk.deliver(1, (path) => writeFile(path, 'warm')));
    return desk;
  }

  /** Complete outputs of so many jobs, which the recorder is not told of yet. */
  async deliver(takes: number, fill: (path: string) => Promise<void>): Promise<Delivered> {
    const jobs = await jobRequests({ root: this.#root, addresses: ['01/01/01'], takes }, () => ({
      pipeline,
    }));
    this.#queue.submit(jobs);
    const claims: Claim[] = [];
    for (const { id } of jobs) {
      const claim = this.#queue.claim([this.#root]);
      if (claim?.job.id !== id) throw new Error('Another job waits in the queue of the benchmark.');
      claims.push(claim);
    }
    let completedMs = 0;
    for (const claim of claims) {
      const folder = await openAttempt(claim);
      await fill(join(folder, 'panel.png'));
      const output = { files: [{ name: 'panel.png', mediaType: 'image/png' }], drawsTakeNumber: false };
      const started = new Date();
      completedMs += await timed(() =>
        completeAttempt(folder, { claim, output, takeNumber: 1, started, version: 'bench' }),
      );
    }
    return { claims, completedMs };
  }

  /** How long it takes from complete outputs, which the recorder is told of now, to takes in Git. */
  async record({ claims }: Delivered): Promise<number> {
    for (const claim of claims) {
      if (!this.#queue.delivered(claim)) throw new Error('The claim was lost.');
    }
    const ids = claims.map(({ job }) => job.id);
    return timed(async () => {
      const committed = this.#committed(ids);
      this.#recorder.wake();
      await committed;
    });
  }

  async close(): Promise<void> {
    await this.#recorder.stop();
    this.#queue.close();
  }

  #committed(ids: readonly JobId[]): Promise<void> {
    const open = new Set(ids);
    return new Promise((resolve, reject) => {
      const see = (jobs: readonly JobView[]): void => {
        for (const job of jobs) {
          if (job.take?.commit.state === 'committed') open.delete(job.id);
          else if (job.error !== undefined || job.take?.commit.reason !== undefined)
            reject(new Error(`Not recorded: ${JSON.stringify(job)}`));
        }
        if (open.size > 0) return;
        subscription.dispose();
        resolve();
      };
      const subscription = this.#queue.onChanged(see);
    });
  }
}

export interface Delivered {
  readonly claims: readonly Claim[];
  /** How long it took to force the outputs to disk and to hash them. */
  readonly completedMs: number;
}
