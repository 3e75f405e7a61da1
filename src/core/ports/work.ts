import type { Event } from '../events.ts';
import type { WorkKind, WorkNews, WorkProgress, WorkRequest, WorkResult } from '../protocol/work.ts';

/** The studio's side of longer work, in values that can cross a thread. */
export interface WorkPort {
  readonly onWork: Event<WorkNews>;
  /** The caller makes up the id, so that it can cancel before the first news. */
  work(id: string, request: WorkRequest): Promise<WorkResult>;
  /** The work then rejects with `work-cancelled`, leaving nothing half-made; nothing happens where it has ended. */
  cancelWork(id: string): Promise<void>;
}

export interface WorkWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: WorkProgress) => void;
}

let last = 0;

/** Runs one piece of work and answers with its own kind of result. */
export async function runWork<K extends WorkKind>(
  studio: WorkPort,
  request: Extract<WorkRequest, { kind: K }>,
  { signal, onProgress }: WorkWatch = {},
): Promise<WorkResultOf<K>> {
  const id = `${request.kind}:${++last}`;
  const news = studio.onWork((progress) => {
    if (progress.id === id) onProgress?.(progress);
  });
  const cancel = (): void => {
    // Where it cannot be told any more, the work itself rejects.
    studio.cancelWork(id).catch(() => undefined);
  };
  try {
    const working = studio.work(id, request);
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const result = await working;
    if (isOf(result, request.kind)) return result;
    throw new TypeError(`The studio answered ${result.kind} to ${request.kind}.`);
  } finally {
    signal?.removeEventListener('abort', cancel);
    news.dispose();
  }
}

type WorkResultOf<K extends WorkKind> = Extract<WorkResult, { kind: K }>;

function isOf<K extends WorkKind>(result: WorkResult, kind: K): result is WorkResultOf<K> {
  return result.kind === kind;
}
