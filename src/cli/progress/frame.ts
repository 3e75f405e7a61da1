import type { JobView } from '../../core/protocol/views.ts';
import { duration } from '../format/duration.ts';
import { clip, oneLine, plural } from '../format/text.ts';
import { isEnded } from '../jobJson.ts';

export interface FrameSize {
  readonly width: number;
  readonly rows: number;
}

const barCells = 24;

/** What a terminal shows while jobs run: a bar for each running one, then the whole. */
export function frame(jobs: readonly JobView[], elapsed: number, size: FrameSize): string {
  const running = jobs.filter((job) => job.status === 'running');
  const shown = running.slice(0, Math.max(1, size.rows - 3));
  const hidden = running.length - shown.length;
  const more = hidden > 0 ? [`… and ${hidden} more running`] : [];
  const lines = [...shown.map(runningLine), ...more, overallLine(jobs, elapsed)];
  return lines.map((line) => clip(line, size.width)).join('\n');
}

function runningLine(job: JobView): string {
  const percent = `${Math.round(job.progress * 100)}%`.padStart(4);
  return oneLine(`${job.address}  ${bar(job.progress)} ${percent}  ${job.step}`);
}

function overallLine(jobs: readonly JobView[], elapsed: number): string {
  const ended = jobs.filter(isEnded).length;
  const waiting = jobs.filter((job) => job.status === 'pending').length;
  const failed = jobs.filter((job) => job.status === 'error').length;
  const parts = [
    `${ended} of ${plural(jobs.length, 'job')}`,
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...remaining(ended, jobs.length, elapsed),
  ];
  return `${bar(jobs.length === 0 ? 0 : ended / jobs.length)} ${parts.join(' · ')}`;
}

function remaining(ended: number, all: number, elapsed: number): readonly string[] {
  // The first takes carry the start-up with them; a guess from one of them is far off.
  if (ended === all) return [duration(elapsed), 'recording'];
  if (ended < 2) return [duration(elapsed)];
  return [duration(elapsed), `about ${duration((elapsed / ended) * (all - ended))} left`];
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barCells);
  return '█'.repeat(filled) + '░'.repeat(barCells - filled);
}
