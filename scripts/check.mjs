// Runs the `check:…` scripts of package.json: `node scripts/check.mjs [name…] [--json FILE]`.
// All of them run, whatever the others say.
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const prefix = 'check:';
const checks = Object.keys(scripts)
  .filter((name) => name.startsWith(prefix))
  .map((name) => name.slice(prefix.length));

function run(name) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', `${prefix}${name}`], {
      cwd: root,
      shell: process.platform === 'win32',
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ name, ok: code === 0, seconds, output: Buffer.concat(output).toString() });
    });
  });
}

function report({ name, ok, seconds, output }) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd());
}

async function runAll(names) {
  const waiting = [...names];
  const results = [];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const result = await run(name);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return results;
}

const unknown = positionals.filter((name) => !checks.includes(name));
if (unknown.length > 0) {
  console.error(`error: no such check: ${unknown.join(', ')}`);
  console.error(`hint: the checks are ${checks.join(', ')}`);
  process.exit(2);
}
const results = await runAll(positionals.length > 0 ? positionals : checks);
if (values.json !== undefined) {
  await mkdir(dirname(values.json), { recursive: true });
  const summary = results.map(({ name, ok, seconds }) => ({ name, ok, seconds }));
  await writeFile(values.json, `${JSON.stringify(summary, undefined, 2)}\n`);
}
process.exitCode = results.every((result) => result.ok) ? 0 : 1;
