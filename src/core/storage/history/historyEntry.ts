import * as z from 'zod';
import { FilmOp } from '../edits/filmOp.ts';
import { FileMove } from './fileMove.ts';

/**
 * One edit of the store. `doing`, `undoing` and `redoing` are written before the files are touched: whoever finds
 * one later looks into the film to see whether it came to pass.
 */
export const HistoryEntry = z.object({
  id: z.int().positive(),
  time: z.iso.datetime(),
  /** In the words of the commit. */
  summary: z.string(),
  /** Address and id of what it is about. */
  address: z.string(),
  target: z.string(),
  /** What it did to the film, by id, so that it can be found again in a file that has changed. */
  ops: z.array(FilmOp).min(1),
  state: z.enum(['doing', 'done', 'undoing', 'undone', 'redoing']),
  /** What the last finished step did to the files; empty where a crash kept it from being written. */
  moves: z.array(FileMove),
  /** What the step under way will have done. */
  next: z.array(FileMove).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
