import { join } from 'node:path';
import { openDatabase, transaction } from '../../src/runner/queue/database.ts';
import { LocalQueue } from '../../src/runner/queue/localQueue.ts';
import { prepareHome } from '../../src/runner/home.ts';
import { aJob } from '../builders/aJob.ts';

const shots = 200;

/** A queue in which so many takes were made during the last days, of a film that is not open. */
export async function writeHistory(home: string, jobs: number): Promise<void> {
  await prepareHome(home);
  const database = openDatabase(join(home, 'auteur.db'));
  const queue = new LocalQueue(database);
  const submitted = new Date(Date.now() - 86_400_000).toISOString();
  queue.submit(
    Array.from({ length: jobs }, (_, index) =>
      aJob({ projectRoot: '/films/yesterday', shotId: `shot-${index % shots}`, submitted }),
    ),
  );
  transaction(database, () => {
    const take = { number: 1, path: 'S01_S01_take01.png', commit: { state: 'committed' } };
    database
      .prepare("UPDATE jobs SET status = 'completed', progress = 1, started = ?, finished = ?, take = ?")
      .run(submitted, submitted, JSON.stringify(take));
  });
  queue.close();
}
