import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AuteurError } from '../../../core/errors.ts';
import type { Disposable } from '../../../core/events.ts';
import type { PictureFile } from './pictureFile.ts';
import type { Rendered, RenderReply, RenderRequest, RenderWork } from './renderThread.ts';
import type { SketchTones } from './sketch.ts';

interface Task {
  readonly request: RenderRequest;
  /** Ends the task once; what comes later is ignored. */
  resolve(rendered: Rendered): void;
  reject(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  task: Task | undefined;
}

/** Renders SVG to PNG in threads of their own, so that nobody waits for a picture to be painted. */
export class RenderPool implements Disposable {
  readonly #assetsDir: string;
  readonly #size: number;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];
  #lastId = 0;
  #disposed = false;

  constructor({ assetsDir, size }: { assetsDir: string; size: number }) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`A pool has one thread or more, not ${size}.`);
    this.#assetsDir = assetsDir;
    this.#size = size;
  }

  async render(svg: string, width: number, signal: AbortSignal): Promise<Uint8Array> {
    return (await this.#do({ kind: 'panel', svg, width }, signal)).bytes;
  }

  /** The pixels of a picture, this wide. */
  pixels(picture: PictureFile, width: number, signal: AbortSignal): Promise<Rendered> {
    return this.#do({ kind: 'pixels', picture, width }, signal);
  }

  /** A picture as a drawing, as PNG, this wide. */
  sketch(
    picture: PictureFile,
    { width, tones }: { width: number; tones: SketchTones },
    signal: AbortSignal,
  ): Promise<Rendered> {
    return this.#do({ kind: 'sketch', picture, width, tones }, signal);
  }

  #do(work: RenderWork, signal: AbortSignal): Promise<Rendered> {
    if (signal.aborted) return Promise.reject(toError(signal.reason));
    if (this.#disposed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      const stopped = () => this.#stop(task, toError(signal.reason));
      const settle =
        <T>(end: (value: T) => void) =>
        (value: T) => {
          signal.removeEventListener('abort', stopped);
          end(value);
        };
      const task: Task = {
        request: { ...work, id: (this.#lastId += 1) },
        resolve: settle(resolve),
        reject: settle(reject),
      };
      signal.addEventListener('abort', stopped, { once: true });
      this.#waiting.push(task);
      this.#next();
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const task of this.#waiting.splice(0)) task.reject(closed());
    for (const thread of this.#threads) this.#retire(thread, closed());
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const thread = [...this.#threads].find((candidate) => candidate.task === undefined) ?? this.#start();
      if (thread === undefined) return;
      const task = this.#waiting.shift();
      if (task === undefined) return;
      thread.task = task;
      thread.worker.ref();
      thread.worker.postMessage(task.request);
    }
  }

  #start(): Thread | undefined {
    if (this.#threads.size >= this.#size) return undefined;
    const worker = new Worker(join(this.#assetsDir, 'render.cjs'), {
      argv: [this.#assetsDir],
      name: 'auteur-render',
    });
    const thread: Thread = { worker, task: undefined };
    worker.unref();
    worker.on('message', (reply: RenderReply) => this.#answered(thread, reply));
    worker.on('error', (error) => this.#crashed(thread, failed(error.message, error)));
    worker.on('exit', (code) => this.#crashed(thread, failed(`the drawing thread ended with code ${code}`)));
    this.#threads.add(thread);
    return thread;
  }

  #answered(thread: Thread, reply: RenderReply): void {
    const { task } = thread;
    if (task?.request.id !== reply.id) return;
    if ('error' in reply) {
      // After a panic the renderer's memory cannot be trusted.
      this.#retire(thread, failed(reply.error));
    } else {
      thread.task = undefined;
      thread.worker.unref();
      task.resolve(reply);
    }
    this.#next();
  }

  #crashed(thread: Thread, error: AuteurError): void {
    if (!this.#threads.has(thread)) return;
    this.#retire(thread, error);
    this.#next();
  }

  #stop(task: Task, reason: unknown): void {
    const position = this.#waiting.indexOf(task);
    if (position >= 0) this.#waiting.splice(position, 1);
    task.reject(reason);
    // A picture that is being painted hears nothing: only its thread can be ended.
    for (const thread of this.#threads) if (thread.task === task) this.#retire(thread, reason);
    this.#next();
  }

  #retire(thread: Thread, reason: unknown): void {
    this.#threads.delete(thread);
    thread.task?.reject(reason);
    thread.task = undefined;
    void thread.worker.terminate();
  }
}

function failed(reason: string, cause?: unknown): AuteurError {
  return new AuteurError('render-failed', { reason }, { cause });
}

function closed(): AuteurError {
  return failed('the renderer was closed');
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
