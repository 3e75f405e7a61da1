import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError, toFailure } from '../core/errors.ts';
import { DisposableStore, type Disposable } from '../core/events.ts';
import type { Failure } from '../core/model/job.ts';
import { FileWatcher } from '../runner/fileWatcher.ts';
import { exitCodes } from './exit.ts';
import { jsonLine, oneLine } from './format/text.ts';
import { drawingOn, drawsInPlace } from './progress/display.ts';
import type { Reply } from './reply.ts';
import type { Session } from './session.ts';

/** Takes are not watched: they are found by looking again. */
const pollInterval = 1000;
/** What takes long to read is read less often, so that a watch keeps no processor busy. */
const restPerReading = 10;
const redrawInterval = 100;

interface Shown {
  /** What was read last. */
  readonly reply: Reply;
  /** Why it cannot be read now. */
  readonly failure?: Failure;
}

interface Screen extends Disposable {
  show(shown: Shown): void;
  /** What is still to be said when the watch ends. */
  rest(shown: Shown): readonly string[];
}

/** Shows what is read, and shows it anew whenever it is another, until the user asks to stop. */
export async function watchShown(session: Session, root: string, read: () => Promise<Reply>): Promise<Reply> {
  const { interrupt, terminal } = session;
  const owned = new DisposableStore();
  owned.add(interrupt.listen());
  owned.add(terminal.onClosed(() => interrupt.stop()));
  const screen = owned.add(await screenOf(session));
  const news = owned.add(new News());
  void interrupt.asked.then(() => news.tell());
  try {
    let shown: Shown = { reply: await read() };
    screen.show(shown);
    await listen(session, root, { news, owned });
    while (!interrupt.signal.aborted) {
      const started = performance.now();
      news.take();
      const next = await readAgain(shown, read);
      if (keyOf(next) !== keyOf(shown)) screen.show(next);
      shown = next;
      const rest = Math.max(pollInterval, (performance.now() - started) * restPerReading);
      await news.within(rest);
      await sleep(Math.max(0, redrawInterval - (performance.now() - started)));
    }
    return {
      json: jsonOf(shown),
      lines: screen.rest(shown),
      exitCode: interrupt.exitCode ?? exitCodes.done,
    };
  } finally {
    owned.dispose();
  }
}

/** Whether something may have changed since the last look: what comes meanwhile is not lost. */
class News implements Disposable {
  #isOpen = false;
  #wake: () => void = () => undefined;

  tell(): void {
    this.#isOpen = true;
    this.#wake();
  }

  /** What has come so far is seen by the look that begins now. */
  take(): void {
    this.#isOpen = false;
  }

  within(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#isOpen) this.#wake();
    });
  }

  dispose(): void {
    this.#wake();
  }
}

/** What cannot be heard is noted: it is still found by looking again. */
async function listen(
  session: Session,
  root: string,
  { news, owned }: { news: News; owned: DisposableStore },
): Promise<void> {
  const studio = session.studio();
  const failed = (error: unknown): void => {
    const { message } = toFailure(error);
    session.terminal.note(`Changes show a moment later: ${oneLine(message)}`);
  };
  const watcher = owned.add(new FileWatcher({ failed }));
  owned.add(watcher.onHint(() => news.tell()));
  owned.add(studio.onJobs(() => news.tell()));
  watcher.watch([], [root]);
  // Opens the queue, which then tells of jobs of other processes.
  await studio.jobs({ root, limit: 1 }).catch(failed);
  await watcher.ready;
}

/** A film that is half written or broken keeps what was read last on screen, with the reason. */
async function readAgain({ reply }: Shown, read: () => Promise<Reply>): Promise<Shown> {
  try {
    return { reply: await read() };
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    return { reply, failure: toFailure(error) };
  }
}

function jsonOf({ reply, failure }: Shown): object {
  return failure === undefined ? reply.json : { error: failure };
}

function linesOf({ reply, failure }: Shown): readonly string[] {
  if (failure === undefined) return reply.lines;
  return [...reply.lines, `This was read last. Now: ${oneLine(failure.message)}`];
}

function keyOf(shown: Shown): string {
  return jsonLine(jsonOf(shown));
}

async function screenOf({ terminal }: Session): Promise<Screen> {
  const stream = terminal.progressStream;
  if (terminal.json) return jsonScreen((shown) => terminal.oneOfMany(jsonOf(shown)));
  if (stream === undefined || !drawsInPlace(stream)) {
    return {
      show: (shown) => [...linesOf(shown), ''].forEach((line) => terminal.line(line)),
      rest: () => [],
      dispose: () => undefined,
    };
  }
  const log = await drawingOn(stream);
  return {
    show: (shown) => log(fitted(linesOf(shown), stream.rows)),
    rest: linesOf,
    dispose: () => {
      log.clear();
      log.done();
    },
  };
}

function jsonScreen(show: (shown: Shown) => void): Screen {
  return { show, rest: () => [], dispose: () => undefined };
}

/** What has no room is counted: a chapter or a scene alone has. */
function fitted(lines: readonly string[], rows: number): string {
  if (lines.length < rows) return lines.join('\n');
  const kept = lines.slice(0, Math.max(0, rows - 2));
  return [...kept, `… and ${lines.length - kept.length} more lines`].join('\n');
}
