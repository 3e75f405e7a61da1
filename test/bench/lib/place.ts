import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../lib/paths.ts';

const execute = promisify(execFile);
const cli = join(repositoryRoot, 'dist/cli.cjs');
const enough = 64 * 1024 * 1024;

/** Runs a program to its end; an ending with an error is thrown with what it said. */
export async function run(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { cwd, maxBuffer: enough });
  return stdout;
}

/** Runs the built `auteur`, as a user's shell would. */
export function auteur(cwd: string, ...args: readonly string[]): Promise<string> {
  return run(cwd, process.execPath, cli, ...args);
}

/** A new film with one scene of so many shots, on this machine's own disk. */
export async function makeFilm(workspace: string, name: string, shots: number): Promise<string> {
  await auteur(workspace, 'new', name, '--workspace', workspace, '--quality', 'low');
  const root = join(workspace, 'Projects', name);
  await auteur(root, 'add', 'scene', '01', 'Kitchen');
  for (let number = 1; number <= shots; number++) {
    await auteur(root, 'add', 'shot', '01/01', `A kettle begins to sing, ${number}`, '--size', 'CU');
  }
  return root;
}

/** A folder for the work, removed afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'auteur-bench-')));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
