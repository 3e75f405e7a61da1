import { AuteurError } from '../core/errors.ts';
import { runWork } from '../core/ports/work.ts';
import type { WorkKind, WorkProgress, WorkRequest, WorkResult, WorkStep } from '../core/protocol/work.ts';
import { exitCodes, InterruptedError } from './exit.ts';
import { drawingOn, drawsInPlace } from './progress/display.ts';
import type { Session } from './session.ts';

const words: Readonly<Record<WorkStep, string>> = {
  reading: 'Reading the film',
  copying: 'Copying',
  packing: 'Packing',
  unpacking: 'Unpacking',
  committing: 'Committing',
  uploading: 'Uploading takes',
  pushing: 'Pushing',
  downloading: 'Downloading takes',
  mending: 'Mending',
  checking: 'Looking at every shot',
};

const stopping = 'Stopping as soon as nothing half-made is left. Ctrl+C once more to leave at once.';

/** Runs longer work with its progress on a terminal; the first signal cancels it. */
export async function runWatched<K extends WorkKind>(
  session: Session,
  request: Extract<WorkRequest, { kind: K }>,
): Promise<Extract<WorkResult, { kind: K }>> {
  const { interrupt, terminal } = session;
  const answer = interrupt.answer(() => terminal.note(stopping));
  const signals = interrupt.listen();
  const display = await displayFor(session);
  try {
    const watch = { signal: interrupt.signal, onProgress: display.show };
    return await runWork<K>(session.studio(), request, watch);
  } catch (error) {
    if (!AuteurError.is(error, 'work-cancelled')) throw error;
    throw new InterruptedError(error.message, interrupt.exitCode ?? exitCodes.interrupted, { cause: error });
  } finally {
    for (const item of [display, signals, answer]) item.dispose();
  }
}

async function displayFor({ terminal }: Session) {
  const stream = terminal.progressStream;
  if (stream === undefined || !drawsInPlace(stream)) {
    return { show: () => undefined, dispose: () => undefined };
  }
  const log = await drawingOn(stream);
  return {
    show: (progress: WorkProgress) => {
      log(lineOf(progress));
    },
    dispose: () => {
      log.clear();
      log.done();
    },
  };
}

function lineOf({ step, done, total }: WorkProgress): string {
  const share = done === undefined || total === undefined || total === 0 ? undefined : done / total;
  return share === undefined ? `${words[step]} …` : `${words[step]} … ${Math.floor(share * 100)}%`;
}
