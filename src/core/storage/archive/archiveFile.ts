import * as z from 'zod';
import { ProjectId } from '../../model/ids.ts';
import { Title } from '../../model/title.ts';

/** The newest form of an archive that this build reads and writes. */
export const archiveFormat = 1;

/** The first file of an archive: what follows it. */
export const archiveManifestName = 'auteur.json';
export const archiveBundleName = 'repository.bundle';
/** LFS objects by their SHA-256. */
export const archiveLfsFolder = 'lfs/';
/** Files that differ from the last commit, or are not in Git yet. */
export const archiveChangesFolder = 'film/';

export const ArchiveManifest = z.object({
  format: z.int().positive(),
  project: z.object({ id: ProjectId, name: Title }),
  /** The commit that was checked out. */
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  branch: z.string().min(1).max(1000),
  /** Tracked files that were deleted and not committed. */
  deleted: z.array(z.string()),
});
export type ArchiveManifest = z.infer<typeof ArchiveManifest>;
