import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import process from 'node:process';

/** Nice values, 0 (as everybody) to 19: the editor's own thread comes first, then the studio, then who paints. */
export const niceness = { studio: 5, renderer: 10 } as const;

/**
 * Lets others have the processor before this thread and the programs it starts. Only on Linux has a thread a priority
 * of its own; elsewhere it has that of the whole editor, which is left alone. What a system refuses costs speed only.
 */
export function yieldToOthers(nice: number): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    // Whoever started this program may have sent it further back already.
    if (getPriority(thread) < nice) setPriority(thread, nice);
  } catch (error) {
    process.emitWarning(`The priority of a thread stays as it is: ${String(error)}`);
  }
}
