import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { TestHome } from '../lib/testHome.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.cjs');

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Place {
  readonly home: TestHome;
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the built `auteur` as a user's shell would. */
export function start(place: Place, args: readonly string[]): Running {
  return startProgram(place, process.execPath, [cli, ...args]);
}

export async function auteur(place: Place, ...args: readonly string[]): Promise<Ended> {
  return start(place, args).ended;
}

/** The one object `--json` prints; it fails where standard output holds anything else. */
export async function auteurJson(place: Place, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await auteur(place, ...args, '--json');
  return JSON.parse(stdout);
}

export async function git(place: Place, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startProgram(place, 'git', args).ended;
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A project with one scene of so many shots. */
export async function makeFilm(home: TestHome, shots: number): Promise<Place> {
  const outside = { home, cwd: home.workspace };
  await succeed(auteur(outside, 'new', 'Test Film', '--workspace', home.workspace));
  const place = { home, cwd: join(home.workspace, 'Projects', 'Test_Film') };
  await succeed(auteur(place, 'add', 'scene', '01', 'Kitchen'));
  for (let number = 1; number <= shots; number++) {
    await succeed(
      auteur(place, 'add', 'shot', '01/01', `A kettle, seen ${String(number)} times`, '--size', 'CU'),
    );
  }
  return place;
}

async function succeed(running: Promise<Ended>): Promise<Ended> {
  const ended = await running;
  if (ended.code !== 0) throw new Error(`exit ${String(ended.code)}: ${ended.stderr}${ended.stdout}`);
  return ended;
}

/** Resolves as soon as the text has been printed. */
export async function printed({ child, ended }: Running, text: string): Promise<void> {
  let seen = '';
  const found = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: string) => {
      seen += chunk;
      if (seen.includes(text)) resolve();
    });
  });
  const early = ended.then(({ stderr }) => {
    if (!seen.includes(text)) throw new Error(`It ended before it said "${text}": ${seen}${stderr}`);
  });
  await Promise.race([found, early]);
}

function startProgram(place: Place, program: string, args: readonly string[]): Running {
  const env = { ...place.home.env, ...place.env };
  const child = spawn(program, args, { cwd: place.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: endOf(child) };
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}
