import type { Studio } from '../core/ports/studio.ts';
import type { Terminal } from './terminal.ts';

/** Says that what was asked for waits until the queue goes on. */
export async function sayPaused(terminal: Terminal, studio: Studio): Promise<void> {
  if (!(await studio.queue()).paused) return;
  terminal.note('note: the queue is paused; "auteur queue resume" lets it go on.');
}
