// `npm run faults`: the built `auteur` is killed and its disk fails; nothing may be lost, doubled or overwritten.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import PQueue from 'p-queue';
import { resultsFolder } from '../lib/paths.ts';
import type { FaultCase } from './faultCase.ts';
import { FilmCopies } from './film.ts';
import { diskErrors } from './diskErrorCases.ts';
import { killAtSteps } from './killAtSteps.ts';
import { powerFailures } from './powerFailureCases.ts';
import { randomKills } from './randomKills.ts';
import { twoWriters } from './twoWriters.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    takes: { type: 'string', default: '250' },
    disk: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    only: { type: 'string', default: '' },
    results: { type: 'string', default: join(resultsFolder, 'faults.json') },
  },
});

function allCases(): readonly FaultCase[] {
  const seed = Number(values.seed);
  const disk = { times: Number(values.disk), seed };
  // The longest first: none of them is to run alone at the end.
  const cases = [
    ...randomKills({ kills: Number(values.kills), seed }),
    ...twoWriters(Number(values.takes)),
    ...diskErrors(disk),
    ...killAtSteps(),
    ...powerFailures(disk),
  ];
  return cases.filter(({ name }) => name.includes(values.only));
}

/** The failure, if it failed. */
async function runOne(one: FaultCase, films: FilmCopies): Promise<string | undefined> {
  const started = performance.now();
  try {
    const said = await one.run(films);
    console.log(`ok     ${one.name}: ${said} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return undefined;
  } catch (error) {
    const failure = `${one.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    console.error(`FAILED ${failure}`);
    return failure;
  }
}

async function main(): Promise<void> {
  const started = performance.now();
  const cases = allCases();
  const films = await FilmCopies.make();
  // One more than there are processors: a case waits for the disk now and then.
  const lanes = new PQueue({ concurrency: availableParallelism() + 1 });
  try {
    const ended = await lanes.addAll(cases.map((one) => () => runOne(one, films)));
    const failures = ended.filter((failure) => failure !== undefined);
    const failed = failures.length;
    const counts = { passed: ended.length - failed, failed, skipped: 0, failures };
    await mkdir(dirname(values.results), { recursive: true });
    await writeFile(values.results, `${JSON.stringify(counts)}\n`);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`faults: ${counts.passed} passed, ${failed} failed in ${seconds} s (--seed ${values.seed})`);
    process.exitCode = failed > 0 || ended.length === 0 ? 1 : 0;
  } finally {
    await films.dispose();
  }
}

await main();
