import * as z from 'zod';
import { ChapterId, JobId, SceneId, ShotId } from '../../model/ids.ts';
import { Chapter, Scene } from '../../model/project.ts';
import { Shot } from '../../model/shotList.ts';
import { FileMove } from './fileMove.ts';

/** What an edit of the store did to the film, by id, so that it can be found again in a file that has changed. */
export const FilmChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addChapter'), chapter: Chapter }),
  z.object({ kind: z.literal('addScene'), chapterId: ChapterId, scene: Scene }),
  z.object({ kind: z.literal('addShot'), sceneId: SceneId, shot: Shot }),
  z.object({
    kind: z.literal('chooseTake'),
    sceneId: SceneId,
    shotId: ShotId,
    from: z.optional(JobId),
    to: z.optional(JobId),
  }),
]);
export type FilmChange = z.infer<typeof FilmChange>;

/**
 * One edit of the store. `doing`, `undoing` and `redoing` are written before the files are touched: whoever finds
 * one later looks into the film to see whether it came to pass.
 */
export const HistoryEntry = z.object({
  id: z.int().positive(),
  time: z.iso.datetime(),
  /** In the words of the commit. */
  summary: z.string(),
  change: FilmChange,
  state: z.enum(['doing', 'done', 'undoing', 'undone', 'redoing']),
  /** What the last finished step did to the files; empty where a crash kept it from being written. */
  moves: z.array(FileMove),
  /** What the step under way will have done. */
  next: z.array(FileMove).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
