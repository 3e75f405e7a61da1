import type { JobView } from '../core/protocol/views.ts';
import { percent } from '../core/protocol/jobState.ts';
import type { Translate } from './translate.ts';

export interface JobCounts {
  readonly running: readonly JobView[];
  readonly waiting: readonly JobView[];
  /** Ended since the Progress page was last looked at. */
  readonly done: number;
  readonly failed: number;
}

export interface StatusText {
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: string;
  readonly failed: boolean;
}

/** Parts of a whole: a job that waits counts as nothing done. */
function share({ running, waiting }: JobCounts): number {
  const all = running.length + waiting.length;
  return all === 0 ? 0 : Math.floor(running.reduce((sum, job) => sum + percent(job), 0) / all);
}

function numbers(t: Translate, counts: JobCounts): readonly string[] {
  return [
    counts.running.length > 0 ? t('{count} running', { count: counts.running.length }) : undefined,
    counts.waiting.length > 0 ? t('{count} waiting', { count: counts.waiting.length }) : undefined,
    counts.failed > 0 ? t('{count} failed', { count: counts.failed }) : undefined,
    counts.done > 0 ? t('{count} done', { count: counts.done }) : undefined,
  ].filter((part) => part !== undefined);
}

function activeText(t: Translate, counts: JobCounts): string {
  const [only] = counts.running;
  if (only !== undefined && counts.running.length === 1 && counts.waiting.length === 0) {
    return `$(sync~spin) ${only.address} ${percent(only)}%`;
  }
  const icon = counts.running.length > 0 ? '$(sync~spin)' : '$(clock)';
  const active = { ...counts, done: 0, failed: 0 };
  return `${icon} ${numbers(t, active).join(' · ')} · ${share(counts)}%`;
}

function endedText(t: Translate, { done, failed }: JobCounts): string {
  if (failed > 0)
    return `$(error) ${failed === 1 ? t('1 take failed') : t('{count} takes failed', { count: failed })}`;
  return `$(check) ${done === 1 ? t('1 take') : t('{count} takes', { count: done })}`;
}

/** What the status bar says, or undefined where there is nothing to say. */
export function statusText(t: Translate, counts: JobCounts): StatusText | undefined {
  const active = counts.running.length + counts.waiting.length > 0;
  if (!active && counts.done === 0 && counts.failed === 0) return undefined;
  const summary = numbers(t, counts).join(', ');
  return {
    text: active ? activeText(t, counts) : endedText(t, counts),
    spoken: t('Auteur: {summary}', { summary }),
    tooltip: t('Auteur: {summary}. Click to see the progress.', { summary }),
    failed: counts.failed > 0,
  };
}
