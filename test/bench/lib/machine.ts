import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { vscodeServerProgram } from '../../lib/paths.ts';

const execute = promisify(execFile);

/** Where and with what was measured, as lines of a list. */
export async function describeMachine(): Promise<readonly (readonly [what: string, is: string])[]> {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  return [
    ['processor', `${model}, ${processors.length} cores`],
    ['memory', `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`],
    ['system', `${await systemName()} (${type()} ${release()})`],
    [
      'load when it began',
      loadavg()
        .map((load) => load.toFixed(1))
        .join(', '),
    ],
    ['Node', process.versions.node],
    ['Git', await said('git', '--version')],
    ['Git LFS', await said('git', 'lfs', 'version')],
    ['VS Code', await vscodeVersion()],
  ];
}

async function said(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args);
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
}

async function systemName(): Promise<string> {
  if (process.platform !== 'linux') return type();
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? type();
}

async function vscodeVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(join(vscodeServerProgram('newest').script, '../../package.json'), 'utf8'),
  );
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
