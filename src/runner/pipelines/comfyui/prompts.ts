import { createHash } from 'node:crypto';
import type { Workflow } from '../../../core/model/comfyuiDefinition.ts';
import type { HistoryEntry, Queue } from './answers.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';

/** A workflow with the values of a job, under the id that it has at the server. */
export interface Prompt {
  readonly id: string;
  readonly workflow: Workflow;
  /** Goes with it, and says whether what the server has under the id is this very workflow. */
  readonly mark: string;
}

/** What a server knows of a prompt. */
export type Place =
  | { readonly is: 'waiting'; readonly before: number }
  | { readonly is: 'running' }
  | { readonly is: 'over'; readonly entry: HistoryEntry }
  | { readonly is: 'unknown' }
  /** Another workflow has its id. */
  | { readonly is: 'foreign' };

export function markOf(workflow: Workflow): string {
  return createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
}

export async function placeOf(
  server: ComfyuiServer,
  { id, mark }: Prompt,
  signal: AbortSignal,
): Promise<Place> {
  // In this order: what has left the queue is in the history from that moment on.
  const queued = placeInQueue(await server.queue(signal), id);
  if (queued !== undefined) return queued.mark === mark ? queued.place : { is: 'foreign' };
  const entry = await server.history(id, signal);
  if (entry === undefined) return { is: 'unknown' };
  return entry.prompt.mark === mark ? { is: 'over', entry } : { is: 'foreign' };
}

function placeInQueue(
  { queue_running: running, queue_pending: pending }: Queue,
  id: string,
): { readonly place: Place; readonly mark: string | undefined } | undefined {
  const now = running.find((item) => item.id === id);
  if (now !== undefined) return { place: { is: 'running' }, mark: now.mark };
  const waiting = pending.find((item) => item.id === id);
  if (waiting === undefined) return undefined;
  // The list is a heap: only the numbers tell the order.
  const before = running.length + pending.filter(({ number }) => number < waiting.number).length;
  return { place: { is: 'waiting', before }, mark: waiting.mark };
}
