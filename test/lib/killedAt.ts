import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import { resultsFolder } from './paths.ts';

const compiled = join(resultsFolder, 'compiled');

/** Dies by SIGKILL just before the given change of a file's name; locks do not count. */
const dieAt = `
  import fs from 'node:fs/promises';
  import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
  const at = Number(process.env.AT);
  let count = 0;
  for (const name of ['rename', 'link', 'unlink', 'rm', 'rmdir']) {
    const real = fs[name];
    fs[name] = async (...args) => {
      const counts = !args.some((arg) => /\\.auteur\\/[^/]*(lock|claim)/.test(String(arg)));
      if (counts && ++count === at) {
        flushCompileCache();
        process.kill(process.pid, 'SIGKILL');
      }
      return real(...args);
    };
  }
  syncBuiltinESMExports();`;

/** Runs a script on a film in a process that is killed at a step; true where it came to its end before. */
export async function endedBefore(at: number, root: string, script: string): Promise<boolean> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `${dieAt}${script}`], {
    // What the first compiles, hundreds after it need not.
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ROOT: root, AT: String(at) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') expect(child.exitCode).toBe(0);
  return child.exitCode === 0;
}
