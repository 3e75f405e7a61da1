import { resolve } from 'node:path';
import process from 'node:process';
import { AuteurError } from '../core/errors.ts';
import { findProject, findWorkspace } from '../core/storage/locate.ts';
import { auteurHome } from '../runner/home.ts';
import { createStudio, type RunningStudio, type StudioOptions } from '../runner/studio.ts';
import { oneLine } from './format/text.ts';
import { Interrupt } from './interrupt.ts';
import { EarlierNews } from './progress/earlierTakes.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

export interface SessionOptions {
  readonly terminal: Terminal;
  /** `-C` */
  readonly directory: string | undefined;
  /** Shows the studio's log. */
  readonly verbose: boolean;
}

/** One call of the command: its place, its studio and the user's wish to stop. */
export class Session {
  readonly terminal: Terminal;
  readonly folder: string;
  /** Whether the user named the folder, rather than just being there. */
  readonly folderWasNamed: boolean;
  readonly env = process.env;
  readonly home = resolve(auteurHome(process.env));
  readonly interrupt = new Interrupt();
  readonly earlier = new EarlierNews();
  readonly #leaving = new AbortController();
  readonly #verbose: boolean;
  #studio: RunningStudio | undefined;

  constructor(options: SessionOptions) {
    this.terminal = options.terminal;
    this.folder = resolve(options.directory ?? '.');
    this.folderWasNamed = options.directory !== undefined;
    this.#verbose = options.verbose;
  }

  /** The project this call is about; refuses where there is none. */
  async project(): Promise<string> {
    return findProject(this.folder);
  }

  /** Where nothing but the workspace is meant, no project is needed. */
  async projectOrWorkspace(): Promise<string> {
    return this.project().catch((error: unknown) => {
      if (!AuteurError.is(error, 'not-a-project')) throw error;
      return this.workspace();
    });
  }

  async workspace(named?: string): Promise<string> {
    return named === undefined ? findWorkspace(this.folder, this.env) : resolve(this.folder, named);
  }

  /** The one studio of this call; it runs no job before a project is opened, unless it claims all. */
  studio(claims: StudioOptions['claims'] = 'open'): RunningStudio {
    this.#studio ??= createStudio({
      assetsDir: __dirname,
      home: this.home,
      trusted: true,
      claims,
      edits: 'commit',
      version,
      log: (line) => this.#log(line),
      hurry: AbortSignal.any([this.interrupt.signal, this.#leaving.signal]),
      onEarlier: this.earlier.tell,
    });
    return this.#studio;
  }

  /** May be called twice. */
  async close(): Promise<void> {
    const studio = this.#studio;
    this.#studio = undefined;
    if (studio === undefined) return;
    const shown = await this.earlier.watchOn(this.terminal);
    try {
      await studio.close();
    } finally {
      shown.dispose();
    }
  }

  /** Closes, and leaves to others what earlier calls have left: this one has failed. */
  leave(): Promise<void> {
    this.#leaving.abort();
    return this.close();
  }

  #log(line: string): void {
    if (!this.#verbose) return;
    for (const part of line.split('\n')) this.terminal.note(oneLine(part));
  }
}
