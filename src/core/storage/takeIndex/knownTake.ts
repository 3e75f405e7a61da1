import * as z from 'zod';
import { MediaFile, Take } from '../../model/take.ts';

/** What views know of a take: its sidecar without what is only needed to make it again. */
export const KnownTake = Take.pick({
  id: true,
  shotId: true,
  number: true,
  files: true,
  pipeline: true,
  fallback: true,
  quality: true,
  seed: true,
  finished: true,
  deleted: true,
})
  .extend({ files: z.array(MediaFile.omit({ sha256: true })).min(1) })
  .strip();
export type KnownTake = z.infer<typeof KnownTake>;

/** So much of a sidecar, with the file as it was when it was read. */
const Entry = z.tuple([z.string(), KnownTake]);

/** The entries of one folder by the names of their sidecars. */
const Folder = z.record(z.string(), Entry);
export type IndexedFolder = Readonly<Record<string, z.infer<typeof Entry>>>;

/** Raised with every change of `KnownTake`; an index of another format is built anew. */
export const indexFormat = 2;

/** The index of one scene, as it is kept. */
export const SceneIndexFile = z.object({
  format: z.literal(indexFormat),
  scene: z.string(),
  folders: z.record(z.string(), Folder),
});
export type SceneIndexFile = z.infer<typeof SceneIndexFile>;
