import { spawn } from 'node:child_process';
import process from 'node:process';
import { nodeEnvironment } from './electronNode.ts';
import { workerLives } from './workerPresence.ts';

/** Starts a worker that outlives this process, unless one lives that takes every job. */
export async function startWorker(home: string): Promise<void> {
  if (await workerLives(home)) return;
  const child = spawn(process.execPath, [...process.execArgv, __filename, 'worker', '--once'], {
    cwd: home,
    detached: true,
    env: nodeEnvironment({ AUTEUR_HOME: home }),
    stdio: 'ignore',
    windowsHide: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
}
