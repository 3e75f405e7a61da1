import process from 'node:process';
import { styleText } from 'node:util';
import { systemCode } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { Failure } from '../core/model/job.ts';
import { jsonLine, oneLine } from './format/text.ts';

type Style = Parameters<typeof styleText>[0];

/** Where the command speaks. With `--json`, standard output holds one object and nothing else. */
export class Terminal {
  readonly json: boolean;
  readonly #closed = new Emitter<void>();
  /** Nobody reads standard output any more. */
  readonly onClosed = this.#closed.event;
  #isClosed = false;
  #hasObject = false;

  constructor(json: boolean) {
    this.json = json;
    process.stdout.on('error', (error: unknown) => this.#outputFailed(error));
    process.stderr.on('error', (error: unknown) => this.#outputFailed(error));
  }

  /** The stream that progress goes to; undefined where it would be in the way of the JSON object. */
  get progressStream(): NodeJS.WriteStream | undefined {
    if (!this.json) return process.stdout;
    return process.stderr.isTTY ? process.stderr : undefined;
  }

  /** Whether somebody looks at it, rather than a program or a log. */
  get drawsSigns(): boolean {
    return process.stdout.isTTY;
  }

  line(text: string): void {
    if (!this.json) this.#write(process.stdout, `${text}\n`);
  }

  object(value: object): void {
    if (!this.json || this.#hasObject) return;
    this.#hasObject = true;
    this.#write(process.stdout, `${jsonLine(value)}\n`);
  }

  /** Of a command that goes on: one object a line. */
  oneOfMany(value: object): void {
    this.#hasObject = true;
    if (this.json) this.#write(process.stdout, `${jsonLine(value)}\n`);
  }

  /** Something the user should know, beside the result. */
  note(text: string): void {
    this.#write(process.stderr, `${text}\n`);
  }

  /** An error after the object was printed goes where errors go. */
  failure(failure: Failure): void {
    if (this.json && !this.#hasObject) {
      this.object({ error: failure });
      return;
    }
    this.note(`${styleText('red', 'error:', { stream: process.stderr })} ${oneLine(failure.message)}`);
    if (failure.hint !== undefined) this.note(`hint: ${oneLine(failure.hint)}`);
  }

  /** Coloured where standard output is a terminal that wants colours. */
  paint(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }

  /** Resolves when what was written has left the process. */
  async flush(): Promise<void> {
    for (const stream of [process.stdout, process.stderr]) {
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
    }
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    if (!this.#isClosed) stream.write(text);
  }

  #outputFailed(error: unknown): void {
    // `auteur jobs | head` closes the pipe when it has seen enough: no failure.
    if (systemCode(error) !== 'EPIPE') throw error;
    this.#isClosed = true;
    this.#closed.fire();
  }
}
