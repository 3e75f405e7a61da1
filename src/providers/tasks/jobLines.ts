import { legible } from '../../core/domain/legible.ts';
import { slateCode } from '../../core/model/address.ts';
import type { JobId } from '../../core/model/ids.ts';
import { isActive, percent } from '../../core/protocol/jobState.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { Translate } from '../translate.ts';

/** A job that only gets on is told of so often: a line stays, and nobody reads thousands. */
const everyPercent = 10;
/** At most, and where a job is slow, by each new step. */
const pauses = { leastMs: 1000, stepMs: 10_000 };

interface Told {
  readonly status: JobView['status'];
  readonly percent: number;
  readonly step: string;
  readonly at: number;
}

/** What is said of jobs as they go on: a line for each thing that happens, and none twice. */
export class JobLines {
  readonly #t: Translate;
  readonly #total: number;
  readonly #now: () => number;
  readonly #told = new Map<JobId, Told>();
  #ended = 0;

  constructor(t: Translate, total: number, now: () => number = () => performance.now()) {
    this.#t = t;
    this.#total = total;
    this.#now = now;
  }

  /** Undefined where nothing happened that is worth a line; why a job failed is told by others. */
  of(job: JobView): string | undefined {
    const last = this.#told.get(job.id);
    const now: Told = { status: job.status, percent: percent(job), step: job.step, at: this.#now() };
    if (last !== undefined && !isNews(last, now)) return undefined;
    this.#told.set(job.id, now);
    if (!isActive(job)) this.#ended++;
    const words = this.#words(job, last);
    return words === undefined ? undefined : legible(`${job.address}  ${words}`);
  }

  #words(job: JobView, last: Told | undefined): string | undefined {
    const t = this.#t;
    const count = { done: this.#ended, total: this.#total };
    switch (job.status) {
      case 'pending':
        return last === undefined ? undefined : t('waits again');
      case 'running':
        if (last?.status !== 'running') return t('running with {pipeline}', { pipeline: job.pipeline.id });
        return `${percent(job)}%  ${job.step}`.trimEnd();
      case 'completed':
        if (job.take === undefined) return t('done ({done} of {total})', count);
        return t('take {number}: {path} ({done} of {total})', {
          number: slateCode(job.take.number),
          path: job.take.path,
          ...count,
        });
      case 'cancelled':
        return t('cancelled ({done} of {total})', count);
      case 'error':
        return t('failed ({done} of {total})', count);
    }
  }
}

function isNews(last: Told, now: Told): boolean {
  if (last.status !== now.status) return true;
  if (now.status !== 'running') return false;
  const pause = now.at - last.at;
  const isFurther = Math.floor(now.percent / everyPercent) > Math.floor(last.percent / everyPercent);
  return (isFurther && pause >= pauses.leastMs) || (now.step !== last.step && pause >= pauses.stepMs);
}

/** How a batch ended, in one line. */
export function summaryLine(t: Translate, jobs: readonly JobView[], elapsedMs: number): string {
  const count = (status: JobView['status']): number => jobs.filter((job) => job.status === status).length;
  const [failed, cancelled] = [count('error'), count('cancelled')];
  const parts = [
    t('Takes recorded: {count}.', { count: count('completed') }),
    ...(failed > 0 ? [t('Failed: {count}.', { count: failed })] : []),
    ...(cancelled > 0 ? [t('Cancelled: {count}.', { count: cancelled })] : []),
    t('Seconds: {count}.', { count: Math.round(elapsedMs / 1000) }),
  ];
  return parts.join(' ');
}

/** Why takes that are recorded are not in Git yet; each cause once. */
export function pendingLines(t: Translate, jobs: readonly JobView[]): readonly string[] {
  const lines = jobs.flatMap(({ take }) => {
    if (take?.commit.state !== 'pending' || take.commit.reason === undefined) return [];
    return [t('Recorded and not committed yet: {reason}', { reason: take.commit.reason })];
  });
  return [...new Set(lines)].map(legible);
}
