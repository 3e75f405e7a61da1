/**
 * The jobs that wait, through the index that holds them in their order: left to itself, SQLite would take one by status and
 * put thousands of rows in order each time.
 */
export const waitingWithoutCard = "jobs INDEXED BY jobs_next_cpu WHERE status = 'pending' AND vram = 0";
export const waitingForCard = "jobs INDEXED BY jobs_next_gpu WHERE status = 'pending' AND vram > 0";
export const inOrder = 'ORDER BY priority DESC, place, seq';

interface Turn {
  readonly seq: number;
  readonly priority: number;
  readonly place: number;
}

/** The same order for rows of both. */
export function byTurn(a: Turn, b: Turn): number {
  return b.priority - a.priority || a.place - b.place || a.seq - b.seq;
}
