import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { extension } from './extension.ts';

const run = promisify(execFile);

/** Runs the built `auteur` with the Node of this extension host; returns what `--json` prints. */
export async function auteur(cwd: string, ...args: readonly string[]): Promise<unknown> {
  const cli = join(extension().extensionPath, 'dist', 'cli.cjs');
  // In the desktop VS Code the program of the extension host is Electron.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await run(process.execPath, [cli, ...args, '--json'], { cwd, env });
  return JSON.parse(stdout);
}

/** Jobs of a project, newest first. */
export async function jobsOf(root: string): Promise<readonly Job[]> {
  return JobsReply.parse(await auteur(root, 'jobs')).jobs;
}

/** Takes no lock that reading can do without: while a test looks on, the recorder may need Git's index lock. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['--no-optional-locks', ...args], { cwd });
  return stdout;
}

const Job = z.object({ id: z.string(), status: z.string(), address: z.string() });
type Job = z.infer<typeof Job>;
const JobsReply = z.object({ jobs: z.array(Job) });
