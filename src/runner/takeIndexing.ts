import type { Disposable } from '../core/events.ts';
import type { FilmReading } from '../core/storage/filmReading.ts';
import { readProject } from '../core/storage/projectFiles.ts';
import type { StudioEvents } from './studioEvents.ts';

const toldEveryMs = 100;

/** Builds the indexes of films, one after the other and each once at a time, and tells how far they are. */
export class TakeIndexing implements Disposable {
  readonly #reading: FilmReading;
  readonly #events: Pick<StudioEvents, 'emit'>;
  readonly #stopped = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(reading: FilmReading, events: Pick<StudioEvents, 'emit'>) {
    this.#reading = reading;
    this.#events = events;
  }

  build(root: string): Promise<void> {
    const running = this.#running.get(root);
    if (running !== undefined) return running;
    const build = this.#last.then(() => this.#build(root)).finally(() => this.#running.delete(root));
    this.#running.set(root, build);
    this.#last = build.catch(() => undefined);
    return build;
  }

  dispose(): void {
    this.#stopped.abort();
  }

  async #build(root: string): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    const { value: project } = await readProject(root);
    let toldAt = -Infinity;
    await this.#reading.buildIndex(root, {
      signal: this.#stopped.signal,
      onProgress: (done, total) => {
        if (done < total && performance.now() - toldAt < toldEveryMs) return;
        toldAt = performance.now();
        this.#events.emit(project.id, { type: 'takes_indexed', done, total });
      },
    });
  }
}
