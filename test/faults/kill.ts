import { execFileSync, spawnSync } from 'node:child_process';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends processes as a crash does: nothing is told, nothing is tidied up. */
export function killNow(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error;
    }
  }
}

/** Resolves when these have ended; what nobody has asked after, a zombie, has. */
export async function untilEnded(pids: readonly number[]): Promise<void> {
  while (areAtWork(pids)) await delay(20);
}

function areAtWork(pids: readonly number[]): boolean {
  if (pids.length === 0) return false;
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' });
  return stdout.split('\n').some((state) => state.trim() !== '' && !state.trim().startsWith('Z'));
}

/** Everything a process has started, and what those have, nearest first. */
export function descendantsOf(pid: number): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) {
    for (const [child = 0, its = 0] of pairs) if (its === parent) found.push(child);
  }
  return found.slice(1);
}
