import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { newProject } from '../../src/core/domain/newProject.ts';
import { RelativePath } from '../../src/core/model/relativePath.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';
import { prepareHome } from '../../src/runner/home.ts';
import { jobRequests } from '../../src/runner/jobRequests.ts';
import { openDatabase } from '../../src/runner/queue/database.ts';
import { LocalQueue } from '../../src/runner/queue/localQueue.ts';
import { Runner } from '../../src/runner/runner.ts';
import { createStudio } from '../../src/runner/studio.ts';
import { aJob } from '../builders/aJob.ts';
import { fakePipeline } from '../fakes/fakePipeline.ts';
import type { Finding, Report } from './lib/finding.ts';
import { inUnit } from './lib/finding.ts';
import { atHome, settleDisk } from './lib/place.ts';
import { measureBullmq, perSecond } from './lib/redis.ts';
import { median, timed } from './lib/samples.ts';

const pipeline = { id: 'storyboard', kind: 'storyboard', version: 'bench' } as const;
const rounds = 3;
const shots = 10;
const takes = 1_000;
const many = shots * takes;

export function queue(): Promise<Report> {
  return atHome(async (home) => {
    const film = await makeText(join(home.workspace, 'Film'));
    const accepted: number[] = [];
    const planned: number[] = [];
    const speeds: number[] = [];
    const queued = { listed: [] as number[], cancelled: [] as number[], opened: [] as number[] };
    const theirs: { accepted: number; finished: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      await settleDisk({ cwd: home.root, env: home.env });
      const full = join(home.root, `generate${round}`);
      accepted.push(await acceptMany(film, full));
      planned.push(await planOne(film, full));
      await mkdir(join(home.root, `redis${round}`));
      theirs.push(await measureBullmq(join(home.root, `redis${round}`), many));
      const state = join(home.root, `queue${round}`);
      await prepareHome(state);
      speeds.push(await finishMany(state));
      const measured = await lookAtMany(state);
      for (const name of ['listed', 'cancelled', 'opened'] as const) queued[name].push(measured[name]);
    }
    const speedOf = (one: 'accepted' | 'finished'): string =>
      `BullMQ: ${inUnit(median(theirs.map((their) => their[one])), 'jobs/s')}`;
    return {
      title: 'The queue',
      how: `In one process, of a film of ${shots} shots; ${rounds} rounds. A no-op job is claimed, delivered and recorded in three transactions of its own. BullMQ runs in the same round, against a Redis of its own with an append-only file, with 50 jobs at once.`,
      findings: [
        within(`${many} takes asked for in one call, from the request to the disk`, accepted, {
          beside: speedOf('accepted'),
        }),
        {
          what: 'No-op jobs claimed and finished',
          bar: { atLeast: 2_000, unit: 'jobs/s' },
          samples: speeds,
          beside: speedOf('finished'),
        },
        within(`Listing ${many} jobs that wait, and why each does`, queued.listed),
        {
          ...within(`A plan for one shot, with ${many} jobs of its film that wait`, planned),
          bar: { atMost: 0.1, unit: 's' },
        },
        within(`Cancelling all of ${many}`, queued.cancelled),
        within(`Opening a queue of ${many}, and the first listing`, queued.opened),
        {
          ...within('A job of a killed process is made by another', [await takeOver(home.root)]),
          bar: { atMost: 10, unit: 's' },
        },
      ],
    };
  });
}

/** A second at most. */
function within(what: string, samples: readonly number[], more: Pick<Finding, 'beside'> = {}): Finding {
  return { what, bar: { atMost: 1, unit: 's' }, samples: samples.map((ms) => ms / 1000), ...more };
}

/** The text of a film: of the queue, nothing else is needed. */
async function makeText(root: string): Promise<string> {
  await mkdir(join(root, '02_Source_Creative', 'ShotLists'), { recursive: true });
  const project = newProject({ name: 'Film', quality: 'low', structure: 'three-act', now: new Date() });
  await writeFile(join(root, 'project.json'), formatJson(project));
  await addScene(root, '01', 'Kitchen');
  for (let shot = 1; shot <= shots; shot++)
    await addShot(root, '01/01', { description: `A kettle sings for the ${shot}. time`, size: 'CU' });
  return root;
}

/** What is done for `generate`: each take is resolved, and all are on the disk. */
async function acceptMany(root: string, state: string): Promise<number> {
  await prepareHome(state);
  const queue = openQueue(state);
  queue.onChanged(() => undefined);
  const ms = await timed(async () => {
    queue.submit(await jobRequests({ root, addresses: [], takes }, () => ({ pipeline })));
  });
  queue.close();
  return ms;
}

/** As for a dry run, in a studio that has its queue open. */
async function planOne(root: string, home: string): Promise<number> {
  const studio = createStudio({
    ...{ home, trusted: true, claims: 'open', edits: 'leave', version: 'bench', assetsDir: home },
    log: () => undefined,
  });
  const request = { root, addresses: ['01/01/01'], pipeline: 'storyboard' };
  await studio.queue();
  const ms = await timed(() => studio.planTakes(request));
  await studio.close();
  return ms;
}

function openQueue(state: string): LocalQueue {
  return new LocalQueue(openDatabase(join(state, 'auteur.db')));
}

const manyJobs = () => Array.from({ length: many }, (_, index) => aJob({ shotId: `shot-${index % 200}` }));

async function finishMany(state: string): Promise<number> {
  const queue = openQueue(state);
  queue.onChanged(() => undefined);
  queue.submit(manyJobs());
  const take = { number: 1, path: RelativePath.parse('a/b.png'), commit: { state: 'committed' } as const };
  const began = performance.now();
  for (let claim = queue.claim(['/film']); claim !== undefined; claim = queue.claim(['/film'])) {
    queue.delivered(claim);
    queue.recorded(claim.job.id, take);
  }
  const speed = perSecond(many, began);
  queue.close();
  return Promise.resolve(speed);
}

async function lookAtMany(state: string) {
  const queue = openQueue(state);
  const jobs = manyJobs();
  queue.submit(jobs);
  const listed = await timed(() => Promise.resolve(queue.jobs({ limit: many })));
  queue.close();
  let again: LocalQueue | undefined;
  const opened = await timed(() => {
    again = openQueue(state);
    return Promise.resolve(again.jobs({ limit: many }));
  });
  const cancelled = await timed(() => Promise.resolve(again?.cancelAll({ root: '/film' })));
  again?.close();
  return { listed, opened, cancelled };
}

/** Claims one job and hangs. */
const holder = `
import { openDatabase } from ${JSON.stringify(new URL('../../src/runner/queue/database.ts', import.meta.url).href)};
import { LocalQueue } from ${JSON.stringify(new URL('../../src/runner/queue/localQueue.ts', import.meta.url).href)};
const queue = new LocalQueue(openDatabase(process.argv[1]));
console.log(queue.claim('all')?.job.id);
setInterval(() => undefined, 1000);
`;

/** From the death of a process that runs a job until another has made it. */
async function takeOver(folder: string): Promise<number> {
  const [state, root] = [join(folder, 'killed'), join(folder, 'killedFilm')];
  await prepareHome(state);
  await mkdir(root);
  await writeFile(join(root, 'project.json'), '{"id":"film"}');
  const queue = openQueue(state);
  const job = aJob({ projectRoot: root });
  queue.submit([job]);
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, join(state, 'auteur.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(child.stdout), 'line');
  const runner = new Runner({
    ...{ queue, pipelineOf: () => fakePipeline(), concurrency: 1, version: 'bench', roots: () => 'all' },
    log: () => undefined,
  });
  const made = once(child, 'exit').then(
    () => new Promise<void>((resolve) => runner.onDelivered(() => resolve())),
  );
  const ms = await timed(() => {
    child.kill('SIGKILL');
    return made;
  });
  await runner.stop();
  queue.close();
  return ms;
}
