// `make soak`: hundreds of jobs on a machine where runners, containers and the engine are killed; docs/soak.md keeps what came of it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { JobView } from '../../src/core/protocol/views.ts';
import { workerLives } from '../../src/cli/workerPresence.ts';
import { openDatabase } from '../../src/runner/queue/database.ts';
import { LocalQueue } from '../../src/runner/queue/localQueue.ts';
import { describeMachine } from '../bench/lib/machine.ts';
import { seeded } from '../faults/seeded.ts';
import { repositoryRoot, resultsFolder } from '../lib/paths.ts';
import { Crew } from './crew.ts';
import { Mishaps } from './mishaps.ts';
import { pageOf, terminalText, type Soak } from './page.ts';
import { askForTakes, openStage, type Stage } from './stage.ts';
import { problemsOf, takeUp } from './verdict.ts';

/** A run of fewer jobs is for trying, and leaves the page as it is. */
const wholeRun = 500;
const runners = 2;
const lookMs = 500;
const tellMs = 15_000;
/** Where nothing changes for so long, something is stuck. */
const stuckMs = 180_000;

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: String(wholeRun) },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    keep: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const wanted = Number(values.jobs);

type Run = Pick<Soak, 'asked' | 'mishaps' | 'jobs'>;

async function soak(stage: Stage): Promise<Run> {
  const { film } = stage;
  const crew = Crew.start(film, runners);
  const ended = new AbortController();
  try {
    while (!(await workerLives(film.home.state))) {
      crew.requireAlive();
      await delay(lookMs);
    }
    const asked = await askForTakes(film, wanted);
    const queue = new LocalQueue(openDatabase(join(film.home.state, 'auteur.db')));
    try {
      const mishaps = new Mishaps(stage, crew, seeded(seed));
      const playing = mishaps.until(ended.signal);
      await Promise.race([untilEnded(queue, crew), playing]);
      ended.abort();
      await playing;
      await crew.stop();
      await takeUp(stage);
      return { asked, mishaps: mishaps.counts, jobs: queue.jobs({}) };
    } finally {
      queue.close();
    }
  } finally {
    ended.abort();
    await crew.stop();
    await mkdir(resultsFolder, { recursive: true });
    await writeFile(join(resultsFolder, 'soak.log'), await crew.said());
  }
}

async function untilEnded(queue: LocalQueue, crew: Crew): Promise<void> {
  const started = performance.now();
  let told = started;
  let [left, changed] = [Infinity, started];
  for (;;) {
    const { running, waiting } = queue.view(0);
    const now = performance.now();
    if (running + waiting === 0) return;
    if (running + waiting !== left) [left, changed] = [running + waiting, now];
    if (now - changed > stuckMs) throw new Error(`Nothing ends any more:\n${open(queue)}`);
    if (now - told > tellMs) {
      console.log(`${((now - started) / 1000).toFixed(0)} s: ${running} run, ${waiting} wait`);
      told = now;
    }
    crew.requireAlive();
    await delay(lookMs);
  }
}

function open(queue: LocalQueue): string {
  const jobs = queue.jobs({}).filter(({ status }) => status === 'running' || status === 'pending');
  return jobs.map(lineOf).join('\n');
}

function lineOf({ id, status, pipeline, step, waiting = '' }: JobView): string {
  return `${id} ${pipeline.id} ${status} ${step}${waiting}`;
}

async function main(): Promise<void> {
  console.log(`soak: ${wanted} jobs, --seed ${seed}`);
  const machine = await describeMachine();
  const started = performance.now();
  const stage = await openStage();
  try {
    const run = await soak(stage);
    const problems = await problemsOf(stage, run.jobs, wanted);
    const whole: Soak = { ...run, seed, problems, machine, seconds: (performance.now() - started) / 1000 };
    console.log(terminalText(whole));
    for (const problem of problems) console.error(`FAILED ${problem}`);
    const page = join(repositoryRoot, 'docs/soak.md');
    if (wanted >= wholeRun) await writeFile(page, await pageOf(page, whole));
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    if (values.keep) console.log(`It is left in ${stage.film.home.root}`);
    await stage.dispose(values.keep);
  }
}

await main();
