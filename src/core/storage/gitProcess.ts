import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../errors.ts';

const graceMs = 2_000;
const lateOutputMs = 50;

export interface GitCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Instead of `stdin`: the one answer to what it has said so far; undefined where that is no question yet. */
  readonly answer?: (said: string) => Promise<string> | undefined;
  readonly silenceMs: number;
  /** Ends it, and whatever it has started. */
  readonly signal?: AbortSignal;
  /** What it says while it works, progress above all. */
  readonly onSaid?: (text: string) => void;
}

export interface GitEnding {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was stopped because it printed nothing for so long. */
  readonly silent: boolean;
}

/**
 * Runs Git where it starts programs of the user's, and ends all of them after too long a silence.
 * The timeout of simple-git interrupts Git alone and leaves a hook's own children running.
 */
export function runUntilSilent(root: string, call: GitCall): Promise<GitEnding> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', call.args, {
      cwd: root,
      env: call.env,
      windowsHide: true,
      // A process group of its own, so that all of it can be ended; on Windows this would open a console.
      detached: process.platform !== 'win32',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let silent = false;
    const limit = setTimeout(() => {
      silent = true;
      if (child.pid !== undefined) void endGroup(child.pid);
    }, call.silenceMs);
    const stop = (): void => {
      if (child.pid !== undefined) void endGroup(child.pid);
    };
    call.signal?.addEventListener('abort', stop, { once: true });
    if (call.signal?.aborted === true) stop();
    const hear = (heard: Buffer[]) => (chunk: Buffer) => {
      heard.push(chunk);
      call.onSaid?.(chunk.toString('utf8'));
      if (!silent) limit.refresh();
    };
    child.stdout.on('data', hear(stdout));
    if (call.answer === undefined) child.stdin.end(call.stdin);
    else answerOnce(child, call.answer);
    child.stderr.on('data', hear(stderr));
    // What Git did not read it did not need; how it ended says the rest.
    child.stdin.on('error', () => child.stdin.destroy());
    child.on('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    const end = (code: number | null): void => {
      call.signal?.removeEventListener('abort', stop);
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ exitCode: code ?? undefined, stdout: text(stdout), stderr: text(stderr), silent });
    };
    child.on('close', end);
    // What a hook leaves in the background may hold the pipes open: then "close" does not come.
    child.on('exit', (code) => {
      clearTimeout(limit);
      setTimeout(end, lateOutputMs, code);
    });
  });
}

function answerOnce(child: ChildProcessWithoutNullStreams, answer: NonNullable<GitCall['answer']>): void {
  const said: Buffer[] = [];
  const listen = (chunk: Buffer): void => {
    said.push(chunk);
    const answered = answer(text(said));
    if (answered === undefined) return;
    child.stdout.off('data', listen);
    // Who asked for the answer is told what went wrong with it; Git hears none.
    answered.then(
      (word) => child.stdin.end(word),
      () => child.stdin.end(),
    );
  };
  child.stdout.on('data', listen);
}

async function endGroup(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  // Git removes its lock files on SIGTERM; on SIGKILL it cannot.
  signalGroup(pid, 'SIGTERM');
  await delay(graceMs);
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
