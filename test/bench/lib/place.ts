import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../lib/paths.ts';
import { createTestHome, type TestHome } from '../../lib/testHome.ts';

const execute = promisify(execFile);
const cli = join(repositoryRoot, 'dist/cli.cjs');
const enough = 64 * 1024 * 1024;

/** A folder with the environment that programs get in it. */
export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end; an ending with an error is thrown with what it said. */
export async function run({ cwd, env }: Place, program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { cwd, env, maxBuffer: enough });
  return stdout;
}

/** Runs the built `auteur`, as a user's shell would. */
export function auteur(place: Place, ...args: readonly string[]): Promise<string> {
  return run(place, process.execPath, cli, ...args);
}

/** A new film with a scene of one shot, on this machine's own disk. */
export async function makeFilm({ workspace, env }: TestHome, name: string): Promise<Place> {
  await auteur({ cwd: workspace, env }, 'new', name, '--workspace', workspace, '--quality', 'low');
  const film = { cwd: join(workspace, 'Projects', name), env };
  await auteur(film, 'add', 'scene', '01', 'Kitchen');
  await auteur(film, 'add', 'shot', '01/01', 'A kettle begins to sing', '--size', 'CU');
  return film;
}

/** An empty machine for the work, removed afterwards. */
export async function atHome<T>(work: (home: TestHome) => Promise<T>): Promise<T> {
  const home = await createTestHome();
  try {
    return await work(home);
  } finally {
    await home.dispose();
  }
}

/** Waits until what was written before is on the disk, so that nobody pays for another's writing. */
export async function settleDisk(place: Place): Promise<void> {
  if (process.platform !== 'win32') await run(place, 'sync');
}
