import type { JobView } from '../core/protocol/views.ts';
import { percent } from '../core/protocol/jobState.ts';
import { remainingText } from './remainingText.ts';
import type { Translate } from './translate.ts';

export interface JobCounts {
  readonly running: readonly JobView[];
  readonly waiting: readonly JobView[];
  /** Ended since the Progress page was last looked at. */
  readonly done: number;
  readonly failed: number;
  /** Nothing new is begun. */
  readonly paused: boolean;
  /** How long all that is open will take, where that is known. */
  readonly remainingMs?: number;
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
  if (counts.paused) return pausedText(t, counts);
  if (only !== undefined && counts.running.length === 1 && counts.waiting.length === 0) {
    return `$(sync~spin) ${only.address} ${percent(only)}%`;
  }
  const icon = counts.running.length > 0 ? '$(sync~spin)' : '$(clock)';
  const active = { ...counts, done: 0, failed: 0 };
  return `${icon} ${numbers(t, active).join(' · ')} · ${share(counts)}%`;
}

function pausedText(t: Translate, counts: JobCounts): string {
  return `$(debug-pause) ${[t('paused'), ...numbers(t, { ...counts, done: 0, failed: 0 })].join(' · ')}`;
}

function endedText(t: Translate, { done, failed }: JobCounts): string {
  if (failed > 0)
    return `$(error) ${failed === 1 ? t('1 take failed') : t('{count} takes failed', { count: failed })}`;
  return `$(check) ${done === 1 ? t('1 take') : t('{count} takes', { count: done })}`;
}

function left(t: Translate, { remainingMs, paused }: JobCounts): readonly string[] {
  return remainingMs === undefined ? [] : [remainingText(t, remainingMs, paused)];
}

/** What the status bar says, or undefined where there is nothing to say. */
export function statusText(t: Translate, counts: JobCounts): StatusText | undefined {
  const active = counts.running.length + counts.waiting.length > 0;
  if (!active && !counts.paused && counts.done === 0 && counts.failed === 0) return undefined;
  const summary = [...(counts.paused ? [t('paused')] : []), ...numbers(t, counts), ...left(t, counts)].join(
    ', ',
  );
  return {
    text: active || counts.paused ? activeText(t, counts) : endedText(t, counts),
    spoken: t('Auteur: {summary}', { summary }),
    tooltip: t('Auteur: {summary}. Click to see the progress.', { summary }),
    failed: counts.failed > 0,
  };
}
