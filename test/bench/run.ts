// `npm run bench [name…]`: measures the built product against its bars. A run of all rewrites docs/benchmarks.md.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import '../lib/gitEnvironment.ts';
import { repositoryRoot, resultsFolder } from '../lib/paths.ts';
import { activation } from './activation.ts';
import { container } from './container.ts';
import { generate } from './generate.ts';
import { largeMedia } from './largeMedia.ts';
import { isMet, type Report } from './lib/finding.ts';
import { describeMachine } from './lib/machine.ts';
import { pageOf, terminalTable } from './lib/page.ts';
import { queue } from './queue.ts';
import { record } from './record.ts';
import { size } from './size.ts';
import { sizes } from './sizes.ts';

/** In this order: the first builds what the others measure. */
const benchmarks: Readonly<Record<string, () => Promise<Report>>> = {
  sizes,
  activation,
  generate,
  record,
  container,
  queue,
  size,
  // Last: what it writes keeps the disk busy for a while.
  largeMedia,
};

function chosen(): readonly string[] {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in benchmarks));
  if (unknown.length === 0) return named.length === 0 ? Object.keys(benchmarks) : named;
  console.error(`error: no such benchmark: ${unknown.join(', ')}`);
  console.error(`hint: they are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}

async function runAll(names: readonly string[]): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const name of names) {
    const started = performance.now();
    const report = await benchmarks[name]?.();
    if (report !== undefined) reports.push(report);
    console.log(`${name} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
  }
  return reports;
}

async function keep(reports: readonly Report[], machine: Awaited<ReturnType<typeof describeMachine>>) {
  await mkdir(resultsFolder, { recursive: true });
  const all = { machine: Object.fromEntries(machine), reports };
  await writeFile(join(resultsFolder, 'bench.json'), `${JSON.stringify(all, undefined, 2)}\n`);
  if (reports.length < Object.keys(benchmarks).length) return;
  const page = join(repositoryRoot, 'docs/benchmarks.md');
  await writeFile(page, await pageOf(page, reports, machine));
}

const names = chosen();
const machine = await describeMachine();
const reports = await runAll(names);
await keep(reports, machine);
console.log(`\n${terminalTable(reports)}`);
const findings = reports.flatMap((report) => report.findings);
const met = findings.filter(isMet).length;
console.log(`\n${met} of ${findings.length} bars met`);
