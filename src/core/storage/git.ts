import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { simpleGit } from 'simple-git';
import { AuteurError, systemCode } from '../errors.ts';
import { childEnvironment } from './gitEnvironment.ts';
import { remoteEnvironment } from './gitRemoteEnvironment.ts';
import { runUntilSilent, type GitCall, type GitEnding } from './gitProcess.ts';
import { systemCauseOf } from './gitSystemCause.ts';
import { isThere } from './locate.ts';
import { kindOf } from './ownFolder.ts';

const indexLockPatienceMs = 10_000;
// Adding gigabytes through LFS prints nothing for a long while.
const silenceLimitMs = 30 * 60_000;

const chunkLength = 100;

// A folder that looks like a bare repository is none of the user's: its settings could name programs.
const fixedConfig = ['core.fsmonitor=false', 'core.quotePath=false', 'safe.bareRepository=explicit'] as const;

// What a shell says for a process that SIGTERM ended.
const signalled = 143;

/** A Git command that ended with an error; `output` is what it printed. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly exitCode: number;
  readonly output: string;
  /** What the system said to Git or to Git LFS, where that is the cause: `ENOSPC` and its like. */
  readonly code: string | undefined;

  constructor(exitCode: number, output: string) {
    const cause = systemCauseOf(output);
    super(cause?.line ?? (output === '' ? `git ended with ${exitCode}` : output));
    this.exitCode = exitCode;
    this.output = output;
    this.code = cause?.code;
  }
}

export interface CommitCall {
  /** For so long a hook or a signing program may say nothing. */
  readonly silenceMs: number;
  readonly stdin?: string;
  /** Answers, once, what it has said so far on standard output; undefined where that is no question yet. */
  readonly answer?: (said: string) => Promise<string> | undefined;
  readonly config?: readonly string[];
}

export interface GitHow {
  /** The file of another index. */
  readonly index?: string | undefined;
  /** Ends what runs, and all that comes after: a command then fails. */
  readonly signal?: AbortSignal | undefined;
}

export interface RemoteCall {
  readonly signal: AbortSignal;
  readonly onSaid: (text: string) => void;
}

/**
 * Git in one folder and in no repository around it.
 * Arguments are ours or come after `--`; paths are literal, never patterns.
 */
export class Git {
  readonly root: string;
  readonly #how: GitHow;

  constructor(root: string, how: GitHow = {}) {
    this.root = root;
    this.#how = how;
  }

  /**
   * Runs one command and gives its standard output.
   * @throws AuteurError `git-missing`, `git-index-locked`; GitFailure for every other non-zero exit.
   */
  run(args: readonly string[], stdin?: string): Promise<string> {
    return this.#patiently(() => this.#once(args, stdin));
  }

  /**
   * Makes a commit; what hooks and signing start is ended with it after a silence.
   * @throws AuteurError `git-failed` then; else as `run`.
   */
  commit(args: readonly string[], how: CommitCall): Promise<string> {
    return this.#patiently(() => this.#hooked(['commit', ...args], how));
  }

  /**
   * Talks to a remote with what the user's Git knows by itself: nobody is asked for anything.
   * @throws AuteurError `work-cancelled`, `git-missing`; GitFailure
   */
  async remote(args: readonly string[], { signal, onSaid }: RemoteCall): Promise<string> {
    const env = { ...this.#environment(), ...remoteEnvironment() };
    const options = fixedConfig.flatMap((entry) => ['-c', entry]);
    const call = { args: [...options, ...args], env, silenceMs: silenceLimitMs, signal, onSaid };
    const { exitCode, stdout, stderr } = await this.#spawned(call);
    if (signal.aborted) throw new AuteurError('work-cancelled');
    if (exitCode !== 0) throw new GitFailure(exitCode ?? signalled, `${stderr}${stdout}`.trim());
    return stdout;
  }

  /** The same repository, with another file for its index. */
  withIndex(index: string): Git {
    return new Git(this.root, { ...this.#how, index });
  }

  async #patiently(once: () => Promise<string>): Promise<string> {
    const started = performance.now();
    for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
      try {
        return await once();
      } catch (error) {
        const lock = lockFileOf(error);
        if (lock === undefined) throw error;
        if (performance.now() - started > indexLockPatienceMs) {
          throw new AuteurError(
            'git-index-locked',
            { lock, seconds: indexLockPatienceMs / 1000 },
            { cause: error },
          );
        }
        await delay(pause);
      }
    }
  }

  /** Like `run`, but undefined where the command ends with an error. */
  async query(args: readonly string[]): Promise<string | undefined> {
    try {
      return await this.run(args);
    } catch (error) {
      if (error instanceof GitFailure) return undefined;
      throw error;
    }
  }

  async #once(args: readonly string[], stdin: string | undefined): Promise<string> {
    const env = this.#environment();
    let failure: GitFailure | undefined;
    const git = simpleGit(this.root, {
      allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
      config: [...fixedConfig],
      // Our own constants, and the user's own environment, which Git itself would follow.
      unsafe: {
        allowUnsafeFsMonitor: true,
        allowUnsafeConfigPaths: true,
        allowUnsafeHooksPath: true,
        allowUnsafeAlias: true,
      },
      timeout: { block: silenceLimitMs },
      ...(this.#how.signal === undefined ? {} : { abort: this.#how.signal }),
      input: () => stdin,
      errors: (_, { exitCode, stdErr, stdOut }) => {
        if (exitCode === 0) return undefined;
        failure = new GitFailure(
          exitCode,
          Buffer.concat([...stdErr, ...stdOut])
            .toString('utf8')
            .trim(),
        );
        return failure;
      },
    }).env(env);
    try {
      return await git.raw([...args]);
    } catch (error) {
      if (this.#how.signal?.aborted === true) throw new AuteurError('work-cancelled', {}, { cause: error });
      const cause = failure ?? error;
      if (isSpawnFailure(cause)) throw await this.#spawnError(cause);
      throw cause;
    }
  }

  async #hooked(args: readonly string[], how: CommitCall): Promise<string> {
    const { silenceMs, stdin = '', config = [], answer } = how;
    const options = [...fixedConfig, ...config].flatMap((entry) => ['-c', entry]);
    const input = answer === undefined ? { stdin } : { answer };
    const ended = this.#how.signal === undefined ? {} : { signal: this.#how.signal };
    const call = { args: [...options, ...args], env: this.#environment(), silenceMs, ...input, ...ended };
    const { exitCode, stdout, stderr, silent } = await this.#spawned(call);
    if (exitCode === 0) return stdout;
    if (this.#how.signal?.aborted === true) throw new AuteurError('work-cancelled');
    if (silent) {
      const reason = `a hook or the signing did not answer for ${silenceMs / 1000} seconds and was stopped.`;
      throw new AuteurError('git-failed', { action: 'commit', reason, root: this.root });
    }
    throw new GitFailure(exitCode ?? signalled, `${stderr}${stdout}`.trim());
  }

  async #spawned(call: GitCall): Promise<GitEnding> {
    try {
      return await runUntilSilent(this.root, call);
    } catch (error) {
      throw systemCode(error) === 'ENOENT' ? await this.#spawnError(error) : error;
    }
  }

  #environment(): Record<string, string> {
    return {
      ...childEnvironment(),
      // Where this folder's own repository is broken or gone, Git must not go on to one around it.
      GIT_CEILING_DIRECTORIES: dirname(resolve(this.root)),
      ...(this.#how.index === undefined ? {} : { GIT_INDEX_FILE: this.#how.index }),
    };
  }

  async #spawnError(cause: unknown): Promise<AuteurError> {
    const code = (await isThere(this.root)) ? 'git-missing' : 'not-a-project';
    return new AuteurError(code, { path: this.root }, { cause });
  }

  /**
   * @throws AuteurError `no-repository` where the folder is none, or only lies within another one,
   *   `repository-elsewhere` where its `.git` leads to the repository of another folder
   */
  async requireRepository(): Promise<void> {
    const kind = await kindOf(join(this.root, '.git'));
    if (kind === 'nothing') throw new AuteurError('no-repository', { root: this.root });
    if (kind === 'folder') return;
    const gitDir = await this.gitDir();
    if (!(await this.#isKnownTo(gitDir))) {
      throw new AuteurError('repository-elsewhere', { root: this.root, gitDir });
    }
  }

  /** A linked work tree and a submodule are known to their repository; anybody can write a file that points to one. */
  async #isKnownTo(gitDir: string): Promise<boolean> {
    if ((await this.query(['config', '--local', 'core.worktree'])) !== undefined) return true;
    const back = join(gitDir, 'gitdir');
    if ((await kindOf(back)) !== 'file') return false;
    const named = dirname(resolve(gitDir, (await readFile(back, 'utf8')).replace(/\n$/, '')));
    return (await isThere(named)) && (await realpath(named)) === (await realpath(this.root));
  }

  /** The merge, rebase, cherry-pick or revert that is under way, by name. */
  async operationInProgress(): Promise<string | undefined> {
    const gitDir = await this.gitDir();
    const marks: readonly (readonly [file: string, operation: string])[] = [
      ['MERGE_HEAD', 'merge'],
      ['rebase-merge', 'rebase'],
      ['rebase-apply', 'rebase'],
      ['CHERRY_PICK_HEAD', 'cherry-pick'],
      ['REVERT_HEAD', 'revert'],
    ];
    const there = await Promise.all(marks.map(([file]) => isThere(join(gitDir, file))));
    return marks.find((_, index) => there[index])?.[1];
  }

  /** Asked of the files, because a process takes longer. A linked working tree has a file that names its folder. */
  async gitDir(): Promise<string> {
    const path = join(this.root, '.git');
    if (!(await stat(path)).isFile()) return path;
    const named = /^gitdir: (.+?)\s*$/.exec(await readFile(path, 'utf8'))?.[1];
    return named === undefined ? path : resolve(this.root, named);
  }
}

/** Paths for `--pathspec-from-file=- --pathspec-file-nul`. */
export function nulSeparated(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}

/** Runs a command for so many paths at a time that no system finds the command line too long. */
export async function inChunks<T, R>(
  all: readonly T[],
  run: (some: readonly T[]) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += chunkLength) {
    results.push(await run(all.slice(start, start + chunkLength)));
  }
  return results;
}

function lockFileOf(error: unknown): string | undefined {
  if (!(error instanceof GitFailure)) return undefined;
  return /Unable to create '(.+?\.lock)': File exists/s.exec(error.output)?.[1];
}

/** A process that could not be started has a negative system error number for its exit code. */
function isSpawnFailure(error: unknown): boolean {
  return error instanceof GitFailure && error.exitCode < 0;
}
