import type * as vscode from 'vscode';
import { Emitter } from '../../core/events.ts';
import { unexpected } from '../../core/errors.ts';
import { errorText } from '../errorText.ts';
import { runFilmTask, type TaskNeeds, type TaskRun } from './runFilmTask.ts';

const controlC = '\u0003';

/** The terminal a task of ours runs in: lines come out of it, and ending it ends what it started. */
export class FilmTerminal implements vscode.Pseudoterminal {
  readonly #written = new Emitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #closed = new Emitter<number>();
  readonly onDidClose = this.#closed.event;
  readonly #ending = new AbortController();
  readonly #needs: TaskNeeds;
  readonly #task: Pick<TaskRun, 'definition' | 'folder'>;

  constructor(needs: TaskNeeds, task: Pick<TaskRun, 'definition' | 'folder'>) {
    this.#needs = needs;
    this.#task = task;
  }

  open(): void {
    void this.#run();
  }

  /** VS Code calls this where the task is terminated. */
  close(): void {
    this.#ending.abort();
  }

  handleInput(typed: string): void {
    if (typed.includes(controlC)) this.#ending.abort();
  }

  async #run(): Promise<void> {
    const say = (line: string): void => {
      this.#written.fire(`${line}\r\n`);
    };
    this.#closed.fire(await this.#exitCode(say));
  }

  async #exitCode(say: (line: string) => void): Promise<number> {
    try {
      const isDone = await runFilmTask(this.#needs, { ...this.#task, signal: this.#ending.signal, say });
      return isDone ? 0 : 1;
    } catch (error) {
      say(`error unexpected: ${errorText(this.#needs.t, unexpected(error))}`);
      return 1;
    }
  }
}
