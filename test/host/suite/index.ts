import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { type HostResults, linePrefix, sentinel } from '../results.ts';

/** VS Code calls this in the extension host and takes a rejection for a failed run. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'min' });
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.test.cjs'))) {
    mocha.addFile(join(__dirname, name));
  }
  const results = await runAll(mocha);
  const file = process.env['AUTEUR_TEST_RESULTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results, undefined, 2));
  if (results.failed > 0) throw new Error(`${results.failed} host tests failed`);
  console.log(sentinel);
}

function runAll(mocha: Mocha): Promise<HostResults> {
  const results: HostResults = {
    passed: 0,
    failed: 0,
    skipped: 0,
    vscode: vscode.version,
    node: process.version,
    failures: [],
  };
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      resolve(results);
    });
    runner.on('pass', (test) => {
      results.passed++;
      say(`ok ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      results.skipped++;
      say(`skipped ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: Error) => {
      results.failed++;
      results.failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      say(`FAILED ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
}

function say(line: string): void {
  console.log(`${linePrefix}${line}`);
}
