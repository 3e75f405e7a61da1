// Runs every check and test, one stage after another, and ends with a line `N passed, N failed`.
// The counts come from the tools' own JSON reports. A stage that breaks, or that runs nothing, has failed;
// so has a test that was skipped. What failed is named once more at the end, where a cut log still shows it.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');

const vitest = (project) => ({
  args: [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`],
  ],
  count: ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
    failures: testResults.filter(({ status }) => status === 'failed').flatMap(failuresOf),
  }),
});

/** Of one file of tests, which may have broken before its first test. */
function failuresOf({ name, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [`${file}: ${message}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${file} > ${fullName}: ${failureMessages.join('\n')}`,
  );
}

const hostTests = (stage, release) => ({
  args: ['test/host/run.ts', '--vscode', release, '--results', reportOf(stage)],
  count: ({ passed, failed, skipped, failures }) => ({
    ...{ passed, failed, skipped },
    failures: failures.map(({ title, error }) => `${title}: ${error}`),
  }),
  needsBuild: true,
});

const stages = {
  check: {
    args: ['scripts/check.mjs', '--json', reportOf('check')],
    count: (checks) => ({
      passed: checks.filter((check) => check.ok).length,
      failed: checks.filter((check) => !check.ok).length,
      skipped: 0,
      failures: checks.filter((check) => !check.ok).map((check) => check.name),
    }),
  },
  build: { args: ['esbuild.mjs'] },
  unit: vitest('unit'),
  cli: { ...vitest('cli'), needsBuild: true },
  engine: { ...vitest('engine'), needsBuild: true },
  faults: {
    args: [
      ...['test/faults/run.ts', '--results', reportOf('faults')],
      ...['--kills', '20', '--disk', '10', '--takes', '50'],
    ],
    count: (counts) => counts,
    needsBuild: true,
  },
  host: hostTests('host', 'newest'),
  'host-1.112': hostTests('host-1.112', '1.112'),
  browser: { ...vitest('browser'), needsBuild: true },
};

function reportOf(stage) {
  return join(results, `${stage}.json`);
}

function execute(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function countsOf(name, stage, code) {
  if (stage.count === undefined)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  try {
    return stage.count(JSON.parse(await readFile(reportOf(name), 'utf8')));
  } catch (error) {
    console.error(`error: the stage ${name} left no report (${error.message})`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

async function run(name) {
  const stage = stages[name];
  const started = performance.now();
  console.log(`\n== ${name}`);
  const code = await execute(stage.args);
  const counts = await countsOf(name, stage, code);
  const broke = code !== 0 && counts.failed === 0;
  const ranNothing = counts.passed + counts.failed === 0;
  if (broke || ranNothing) counts.failed = 1;
  return { name, ...counts, seconds: (performance.now() - started) / 1000 };
}

function notRun(name) {
  console.error(`\n== ${name}\nerror: not run, because the build failed`);
  return { name, passed: 0, failed: 1, skipped: 0, seconds: 0 };
}

async function runAll() {
  const rows = [];
  for (const name of Object.keys(stages)) {
    const buildFailed = rows.some((row) => row.name === 'build' && row.failed > 0);
    rows.push(stages[name].needsBuild && buildFailed ? notRun(name) : await run(name));
  }
  return rows;
}

function table(rows) {
  const line = (cells) =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(11) : cell.padStart(9))).join('');
  const numbers = ({ passed, failed, skipped, seconds }) =>
    [passed, failed, skipped, seconds.toFixed(1)].map(String);
  return [
    line(['stage', 'passed', 'failed', 'skipped', 'seconds']),
    ...rows.map((row) => line([row.name, ...numbers(row)])),
  ].join('\n');
}

const linesOfFailure = 12;

function whatFailed(rows) {
  return rows.flatMap(({ name, failures = [] }) =>
    failures.map((failure) => `failed in ${name}: ${firstLines(failure)}\n`),
  );
}

function firstLines(text) {
  return stripVTControlCharacters(text).split('\n').slice(0, linesOfFailure).join('\n  ');
}

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const rows = await runAll();
const skipped = sum(rows, 'skipped');
const failed = sum(rows, 'failed') + skipped;
console.log(`\n${table(rows)}\n`);
for (const failure of whatFailed(rows)) console.log(failure);
if (skipped > 0) console.log(`${skipped} skipped tests count as failed: what is not run proves nothing.`);
console.log(`${sum(rows, 'passed')} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
