import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Mocha from 'mocha';
import * as vscode from 'vscode';
import { say } from '../lib/say.ts';
import { type HostResults, sentinel } from '../results.ts';

/** Goes first: it looks at the window before anything of ours was used. */
const first = 'activation.test.cjs';

/** VS Code calls this in the extension host and takes a rejection for a failed run. */
export async function run(): Promise<void> {
  const results = noResults();
  try {
    await runAll(results);
  } catch (error) {
    // A file that cannot be loaded keeps every other from running.
    fail(results, 'the suite', error);
  }
  const file = process.env['AUTEUR_TEST_RESULTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results, undefined, 2));
  if (results.failed > 0) throw new Error(`${results.failed} host tests failed`);
  console.log(sentinel);
}

function noResults(): HostResults {
  const { version } = vscode;
  return { passed: 0, failed: 0, skipped: 0, vscode: version, node: process.version, failures: [] };
}

async function runAll(results: HostResults): Promise<void> {
  // Imported, not required: Node 22 and 24 give different things for a required ES module.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: 'min' });
  const others = readdirSync(__dirname).filter((file) => file.endsWith('.test.cjs') && file !== first);
  const only = process.env['AUTEUR_TEST_ONLY'] ?? '';
  for (const name of [first, ...others.sort()].filter((file) => file.startsWith(only)))
    mocha.addFile(join(__dirname, name));
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      failUnlessAllRan(results, runner.total);
      resolve();
    });
    follow(runner, results);
  });
}

function follow(runner: Mocha.Runner, results: HostResults): void {
  runner.on('pass', (test) => {
    results.passed++;
    say(`ok ${test.fullTitle()} (${test.duration ?? 0} ms)`);
  });
  runner.on('pending', (test) => {
    results.skipped++;
    say(`skipped ${test.fullTitle()}`);
  });
  runner.on('fail', (test, error: Error) => {
    fail(results, test.fullTitle(), error);
  });
}

/** With `.only` one may work on a test, but a run that left others out has not passed. */
function failUnlessAllRan(results: HostResults, total: number): void {
  const ran = results.passed + results.failed + results.skipped;
  if (results.failed === 0 && ran < total) {
    fail(results, 'the suite', `only ${ran} of ${total} tests ran: is there a forgotten .only?`);
  }
}

function fail(results: HostResults, title: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  results.failed++;
  results.failures.push({ title, error: text });
  say(`FAILED ${title}\n${text}`);
}
