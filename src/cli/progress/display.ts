import process from 'node:process';
import type { createLogUpdate } from 'log-update';
import type { Disposable } from '../../core/events.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { Terminal } from '../terminal.ts';
import { frame } from './frame.ts';
import { JobBoard } from './jobBoard.ts';
import { jobLine } from './jobLine.ts';
import { nowAndThen } from './nowAndThen.ts';

type LogUpdate = ReturnType<typeof createLogUpdate>;

/** Shows how jobs go on: drawn in place on a terminal, a line for each change elsewhere. */
export interface ProgressDisplay extends Disposable {
  update(jobs: readonly JobView[]): void;
  /** A line that stays. */
  readonly say: (text: string) => void;
  /** A line below the jobs, as long as it is said. */
  readonly sayBelow: (text: string | undefined) => void;
}

const framesPerSecond = 10;

export async function createDisplay(terminal: Terminal): Promise<ProgressDisplay> {
  const stream = terminal.progressStream;
  if (stream === undefined) return silentDisplay(terminal);
  return drawsInPlace(stream) ? liveDisplay(stream) : plainDisplay(stream);
}

/** A line for each change, on a terminal too: for what runs without an end. */
export function createLines(terminal: Terminal): ProgressDisplay {
  return terminal.json ? silentDisplay(terminal) : plainDisplay(process.stdout);
}

export function drawsInPlace(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['TERM'] !== 'dumb';
}

function silentDisplay(terminal: Terminal): ProgressDisplay {
  return {
    update: () => undefined,
    say: (text) => terminal.note(text),
    sayBelow: () => undefined,
    dispose: () => undefined,
  };
}

function plainDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const board = new JobBoard();
  return {
    update: (jobs) => {
      for (const job of board.update(jobs)) stream.write(`${jobLine(job)}\n`);
    },
    say: (text) => void stream.write(`${text}\n`),
    sayBelow: nowAndThen((text) => void stream.write(`${text}\n`)),
    dispose: () => undefined,
  };
}

/** A text that is drawn anew in its place. The package is loaded when it is needed: most calls draw nothing. */
export async function drawingOn(stream: NodeJS.WriteStream): Promise<LogUpdate> {
  const { createLogUpdate } = await import('log-update');
  return createLogUpdate(stream);
}

async function liveDisplay(stream: NodeJS.WriteStream): Promise<ProgressDisplay> {
  const board = new JobBoard();
  const log = await drawingOn(stream);
  const started = Date.now();
  let below: string | undefined;
  const draw = (): void => {
    const jobs = frame(board.jobs, Date.now() - started, { width: stream.columns, rows: stream.rows });
    log(below === undefined ? jobs : `${jobs}\n${below}`);
  };
  const timer = setInterval(draw, 1000 / framesPerSecond);
  return {
    update: (jobs) => void board.update(jobs),
    say: (text) => log.persist(text),
    sayBelow: (text) => {
      below = text;
    },
    dispose: () => {
      clearInterval(timer);
      log.clear();
      log.done();
    },
  };
}
