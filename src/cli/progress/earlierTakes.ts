import type { Disposable } from '../../core/events.ts';
import type { EarlierTakes } from '../../runner/takeCommitter.ts';
import type { Terminal } from '../terminal.ts';
import { drawingOn, drawsInPlace } from './display.ts';
import { nowAndThen } from './nowAndThen.ts';

const lookMs = 1_000;

/** What is known of the commits of takes that earlier calls have recorded. */
export class EarlierNews {
  #latest: EarlierTakes | undefined;

  readonly tell = (progress: EarlierTakes): void => {
    this.#latest = progress;
  };

  /** How many of the film that was told of last are committed. */
  get committed(): number {
    return this.#latest?.done ?? 0;
  }

  /** Shows it from a second on, as long as it goes on. */
  watch(show: (line: string | undefined) => void): Disposable {
    const timer = setInterval(() => show(lineOf(this.#latest)), lookMs);
    return { dispose: () => clearInterval(timer) };
  }

  /** The same where nothing else is shown. */
  async watchOn(terminal: Terminal): Promise<Disposable> {
    const stream = terminal.progressStream;
    if (stream === undefined) return { dispose: () => undefined };
    if (!drawsInPlace(stream)) return this.watch(nowAndThen((line) => void stream.write(`${line}\n`)));
    const log = await drawingOn(stream);
    const watching = this.watch((line) => {
      if (line !== undefined) log(line);
    });
    return {
      dispose: () => {
        watching.dispose();
        log.clear();
        log.done();
      },
    };
  }
}

function lineOf(progress: EarlierTakes | undefined): string | undefined {
  if (progress === undefined || progress.done >= progress.total) return undefined;
  const [done, total] = [progress.done, progress.total].map((count) => count.toLocaleString('en'));
  return `Committing takes recorded earlier: ${done ?? ''} of ${total ?? ''}`;
}
