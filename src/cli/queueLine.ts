import type { QueueView } from '../core/protocol/queueView.ts';
import { roughDuration } from '../core/protocol/roughDuration.ts';

/** How the queue stands, as `--json` shows it: what waits is among the jobs. */
export function queueJson({ paused, running, waiting, remainingMs }: QueueView): Omit<QueueView, 'next'> {
  return { paused, running, waiting, ...(remainingMs === undefined ? {} : { remainingMs }) };
}

/** How the queue stands, in one line. */
export function queueLine({ paused, running, waiting, remainingMs }: Omit<QueueView, 'next'>): string {
  if (running + waiting === 0) return paused ? 'Paused; no job waits or runs.' : 'No job waits or runs.';
  const parts = [
    ...(paused ? ['paused'] : []),
    `${running} running`,
    `${waiting} waiting`,
    ...(remainingMs === undefined
      ? []
      : [`about ${roughDuration(remainingMs)} ${paused ? 'once resumed' : 'left'}`]),
  ];
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
