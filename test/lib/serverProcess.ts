import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

export interface ServerOptions {
  /** The Node that runs it; that of the tests where none is named. */
  node?: string;
  script: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** The first group of the first match is the port. */
  ready: RegExp;
  /** Where everything the process prints goes. */
  logFile?: string | undefined;
}

const readyTimeout = 60_000;
const stopTimeout = 5_000;

/** A server in its own process group, so that stopping it also stops what it started. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #log: WriteStream | undefined;
  readonly #killOnExit = () => {
    this.#signal('SIGKILL');
  };
  #output = '';

  private constructor(options: ServerOptions) {
    this.#child = spawn(options.node ?? process.execPath, [options.script, ...options.args], {
      env: options.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#log = options.logFile === undefined ? undefined : openLog(options.logFile);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        this.#log?.write(chunk);
      });
    }
    process.on('exit', this.#killOnExit);
  }

  static async start(options: ServerOptions): Promise<{ server: ServerProcess; port: number }> {
    const server = new ServerProcess(options);
    try {
      return { server, port: await server.#portOnceReady(options.ready) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Settles when the process ends, however it does. */
  get exited(): Promise<void> {
    return this.#running ? once(this.#child, 'exit').then(() => undefined) : Promise.resolve();
  }

  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#killOnExit);
    if (this.#running) {
      const { exited } = this;
      this.#signal('SIGTERM');
      const force = setTimeout(this.#killOnExit, stopTimeout);
      await exited;
      clearTimeout(force);
    }
    // The extension host may outlive its parent by a moment, and it holds files in the temporary folders.
    this.#signal('SIGKILL');
    this.#log?.end();
  }

  get #running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child.pid;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  #portOnceReady(ready: RegExp): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new Error(`The server was not ready after ${readyTimeout / 1000} s. It printed:\n${this.#output}`),
        );
      }, readyTimeout);
      this.#child.stdout?.on('data', () => {
        const port = ready.exec(this.#output)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
      this.#child.once('error', reject);
      this.#child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`The server ended at once (${signal ?? code}). It printed:\n${this.#output}`));
      });
    });
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file);
}
