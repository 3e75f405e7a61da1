import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import { isNothingToMake } from '../../core/failures/nothingToMake.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { GenerateRequest, Studio } from '../../core/ports/studio.ts';
import { runWork } from '../../core/ports/work.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { WorkProgress } from '../../core/protocol/work.ts';
import { failureText } from '../errorText.ts';
import { fallbackLines } from '../fallbackLines.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { Translate } from '../translate.ts';
import { filmOfTask, type Film } from './filmOfTask.ts';
import { readFilmTask } from './filmTask.ts';
import { JobLines, pendingLines, summaryLine } from './jobLines.ts';
import { ProblemLines } from './problemLines.ts';

export interface TaskNeeds {
  readonly studio: Pick<
    Studio,
    'generate' | 'jobs' | 'onJobs' | 'settled' | 'cancelJobs' | 'search' | 'work' | 'cancelWork' | 'onWork'
  >;
  readonly projects: Pick<ProjectIndex, 'list' | 'refresh'>;
  readonly t: Translate;
  /** Whether anything may be run in this window. */
  trusted(): boolean;
}

/** One run of a task. */
export interface TaskRun {
  readonly definition: unknown;
  /** The workspace folder whose task it is. */
  readonly folder: string | undefined;
  /** Aborted where the user ends it. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Runs what a task says, and tells of it line by line.
 * @returns whether all of it was done
 */
export async function runFilmTask(needs: TaskNeeds, run: TaskRun): Promise<boolean> {
  try {
    if (!needs.trusted()) throw new AuteurError('untrusted');
    const task = readFilmTask(run.definition);
    const film = await findFilm(needs, { project: task.project, folder: run.folder });
    return task.action === 'generate'
      ? await generate(needs, run, { film, request: task.request })
      : await exportFrames(needs, run, film);
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    const words = failureText(needs.t, error.code, error.data);
    if (isNothingToMake(error)) {
      run.say(words);
      return true;
    }
    run.say(`error ${error.code}: ${words}`);
    return false;
  }
}

/** What was made a moment ago may not be listed yet. */
async function findFilm({ projects }: TaskNeeds, meant: Parameters<typeof filmOfTask>[1]): Promise<Film> {
  const readable = (all: Awaited<ReturnType<ProjectIndex['list']>>) =>
    all.filter(({ problem }) => problem === undefined);
  try {
    return filmOfTask(readable(await projects.list()), meant);
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    return filmOfTask(readable(await projects.refresh()), meant);
  }
}

interface Generation {
  readonly film: Film;
  readonly request: Omit<GenerateRequest, 'root'>;
}

async function generate(
  needs: TaskNeeds,
  run: TaskRun,
  { film: { root, name }, request }: Generation,
): Promise<boolean> {
  const { studio, t } = needs;
  const started = performance.now();
  const accepted = await studio.generate({ root, ...request });
  const made = { count: accepted.length, name: legible(name) };
  run.say(
    made.count === 1 ? t('Making 1 take of "{name}"', made) : t('Making {count} takes of "{name}"', made),
  );
  for (const line of fallbackLines(t, accepted)) run.say(line);
  const jobs = await follow(needs, run, { root, ids: accepted.map(({ id }) => id) });
  for (const line of pendingLines(t, jobs)) run.say(line);
  run.say(summaryLine(t, jobs, performance.now() - started));
  return jobs.every(({ status }) => status === 'completed');
}

/** Tells of the jobs until each has ended; where the user ends the task, they are cancelled. */
async function follow(
  { studio, t }: TaskNeeds,
  { signal, say }: TaskRun,
  { root, ids }: { root: string; ids: readonly JobId[] },
): Promise<readonly JobView[]> {
  const wanted = new Set(ids);
  const lines = new JobLines(t, ids.length);
  const problems = new ProblemLines({ studio, root, say });
  const tell = (jobs: readonly JobView[]): void => {
    const ours = jobs.filter(({ id }) => wanted.has(id));
    for (const line of ours.map((job) => lines.of(job))) if (line !== undefined) say(line);
    problems.add(ours);
  };
  const news = studio.onJobs(tell);
  const cancelling = cancelOn(signal, () => {
    say(t('Cancelling; what is complete is still recorded.'));
    return studio.cancelJobs({ ids });
  });
  try {
    tell((await studio.jobs({ ids })).toReversed());
    const last = await Promise.race([studio.settled(ids), cancelling.failed]);
    tell(last);
    await problems.end();
    return last;
  } finally {
    cancelling.dispose();
    news.dispose();
  }
}

/** Calls once the signal is aborted; where that fails, nobody waits for an end that does not come. */
function cancelOn(
  signal: AbortSignal,
  cancel: () => Promise<unknown>,
): { failed: Promise<never>; dispose(): void } {
  const stop = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    const start = (): void => {
      cancel().catch(reject);
    };
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true, signal: stop.signal });
  });
  // Whoever waits for it hears of it; where nobody does any more, all has ended.
  failed.catch(() => undefined);
  return {
    failed,
    dispose: () => {
      stop.abort();
    },
  };
}

async function exportFrames(needs: TaskNeeds, run: TaskRun, { root, name }: Film): Promise<boolean> {
  const { studio, t } = needs;
  const { signal, say } = run;
  say(t('Exporting frames of "{name}"', { name: legible(name) }));
  const onProgress = progressLines(t, say);
  const result = await runWork<'exportFrames'>(
    studio,
    { kind: 'exportFrames', root },
    { signal, onProgress },
  );
  say(
    t('Frames exported: {frames}. Shots without a take: {without}.', {
      frames: result.frames,
      without: result.without.length,
    }),
  );
  say(legible(result.path));
  return true;
}

/** A line for each tenth. */
function progressLines(t: Translate, say: (line: string) => void): (progress: WorkProgress) => void {
  let told = 0;
  return ({ done, total }) => {
    const percent = done === undefined || total === undefined || total === 0 ? 0 : (done / total) * 100;
    const tenth = Math.floor(percent / 10) * 10;
    if (tenth <= told) return;
    told = tenth;
    say(t('{percent}% copied', { percent: tenth }));
  };
}
