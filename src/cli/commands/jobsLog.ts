import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { JobLogPiece } from '../../core/protocol/jobLogPiece.ts';
import { missingLog } from '../../core/protocol/missingLog.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { oneLine } from '../format/text.ts';
import { isEnded, jobJson } from '../jobJson.ts';
import { namedJobs } from '../namedJobs.ts';
import { examples } from '../options.ts';
import { jobLine } from '../progress/jobLine.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface LogOptions {
  readonly follow?: true;
  /** As `jobs` calls it, which is told its own option wherever it stands. */
  readonly watch?: true;
}

const lookMs = 300;

export function registerJobsLog(jobs: Command, run: Run): void {
  jobs
    .command('log <job>')
    .description('print what a job has printed; the job is named by its id, or the beginning of it')
    .option('--follow', 'go on until the job has ended')
    .addHelpText('after', examples('jobs log 3f2a91c0', 'jobs log 3f2a91c0 --follow'))
    .action((job: string, _: unknown, command: Command) =>
      run((session) => log(session, job, command.optsWithGlobals<LogOptions>())),
    );
}

async function log(session: Session, name: string, { follow, watch }: LogOptions): Promise<Reply> {
  const studio = session.studio();
  const [named] = await namedJobs(studio, [name]);
  if (named === undefined) throw new RangeError('A name that is resolved has its job.');
  const read = (from: number): Promise<JobLogPiece> => studio.jobLog(named.id, from);
  if (follow === true || watch === true) return followed(session, await followLog(session, read));
  const pieces = await readWhole(read);
  const { job, file } = pieces.at(-1) ?? { job: named };
  const text = pieces.map((piece) => piece.text).join('');
  const lines = file === undefined ? absence(job) : linesOf(text);
  return { json: { job: jobJson(job), file: file ?? null, text }, lines };
}

async function readWhole(read: (from: number) => Promise<JobLogPiece>): Promise<readonly JobLogPiece[]> {
  const pieces = [await read(0)];
  for (let last = pieces[0]; last !== undefined && last.next > last.from; pieces.push(last))
    last = await read(last.next);
  return pieces;
}

/** Prints what comes until the job has ended or nobody wants more. */
async function followLog(
  { interrupt, terminal }: Session,
  read: (from: number) => Promise<JobLogPiece>,
): Promise<JobLogPiece> {
  const signals = interrupt.listen();
  const unread = terminal.onClosed(() => interrupt.stop());
  const { asked } = interrupt;
  let said = '';
  try {
    for (let from = 0; ;) {
      const piece = await read(from);
      if (piece.from < from) terminal.note('The log begins anew.');
      from = piece.next;
      if (piece.text !== '') say(terminal, piece.text);
      const isAll = piece.next === piece.from;
      if ((isAll && isEnded(piece.job)) || interrupt.signal.aborted) return piece;
      // Until it prints, how far it is shows that it lives.
      if (piece.file === undefined && stateOf(piece.job) !== said) terminal.note((said = stateOf(piece.job)));
      if (isAll) await Promise.race([asked, sleep(lookMs, undefined, { ref: false })]);
    }
  } finally {
    for (const item of [unread, signals]) item.dispose();
  }
}

function say(terminal: Terminal, text: string): void {
  terminal.oneOfMany({ text });
  terminal.line(linesOf(text).join('\n'));
}

function followed({ interrupt, terminal }: Session, { job, file }: JobLogPiece): Reply {
  const json = { job: jobJson(job), file: file ?? null };
  terminal.oneOfMany(json);
  const exitCode = interrupt.exitCode ?? exitCodes.done;
  const ending = file === undefined ? absence(job) : isEnded(job) ? [jobLine(job)] : [];
  return { json, lines: ending, exitCode };
}

/** What there is to say of a job that has no log. */
function absence(job: JobView): readonly string[] {
  const { message, hint } = missingLog(job);
  return [stateOf(job), `${message} ${hint}`].map(oneLine);
}

function stateOf(job: JobView): string {
  if (job.status !== 'running') return jobLine(job);
  return oneLine(`${job.address}  ${String(Math.round(job.progress * 100))}% ${job.step}`);
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
