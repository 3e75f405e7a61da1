import type { JobView } from '../core/protocol/views.ts';
import { exitCodes } from './exit.ts';
import { duration } from './format/duration.ts';
import { oneLine, plural } from './format/text.ts';
import { failedJson, failureOf, isEnded, takeJson } from './jobJson.ts';
import { drawsInPlace } from './progress/display.ts';
import type { Reply } from './reply.ts';
import type { Session } from './session.ts';

/** What a finished `generate` says. */
export function generateReply(session: Session, jobs: readonly JobView[], elapsed: number): Reply {
  const made = jobs.filter((job) => job.status === 'completed');
  const others = jobs.filter((job) => job.status !== 'completed');
  const left = others.filter((job) => !isEnded(job));
  return {
    json: { takes: made.map(takeJson), failed: others.map(failedJson) },
    lines: [...details(session, made, others), ...leftLines(left), summary(made, others, elapsed)],
    exitCode: session.interrupt.exitCode ?? (others.length > 0 ? exitCodes.failed : exitCodes.done),
  };
}

/** Where lines were printed as the jobs went on, they are not said again. */
function details(session: Session, made: readonly JobView[], others: readonly JobView[]): readonly string[] {
  const { terminal } = session;
  const stream = terminal.progressStream;
  const takes = made.map(
    (job) => `${terminal.paint('green', '✓')} ${oneLine(`${job.address}  ${job.take?.path ?? ''}`)}`,
  );
  const failed = others.filter((job) => job.status === 'error');
  const failures = failed.flatMap((job) => failureLines(job, terminal.paint('red', '✗')));
  return stream !== undefined && drawsInPlace(stream) ? [...takes, ...failures] : [];
}

function failureLines(job: JobView, mark: string): readonly string[] {
  const { message, hint } = failureOf(job);
  const line = `${mark} ${oneLine(`${job.address}  ${message}`)}`;
  return hint === undefined ? [line] : [line, `  hint: ${oneLine(hint)}`];
}

/** Jobs that could not be cancelled in time. */
function leftLines(left: readonly JobView[]): readonly string[] {
  if (left.length === 0) return [];
  const [one, they] = left.length === 1 ? ['has', 'it goes'] : ['have', 'they go'];
  return [
    `${plural(left.length, 'job')} ${one} not ended; kept in the queue, ${they} on where a worker or an editor runs:`,
    ...left.map((job) => `  ${oneLine(`${job.address}  job ${job.id.slice(0, 8)} (${job.status})`)}`),
    'hint: Run "auteur worker --once" to finish what is left.',
  ];
}

function summary(made: readonly JobView[], others: readonly JobView[], elapsed: number): string {
  const failed = others.filter((job) => job.status === 'error').length;
  const cancelled = others.filter((job) => job.status === 'cancelled').length;
  const left = others.length - failed - cancelled;
  const parts = [
    `${plural(made.length, 'take')} recorded`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(left > 0 ? [`${left} kept in the queue`] : []),
  ];
  return `${parts.join(', ')} in ${duration(elapsed)}.`;
}
