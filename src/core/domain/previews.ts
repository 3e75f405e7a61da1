import type { JobId } from '../model/ids.ts';

/** In the user's state folder: the newest look at each job that runs, whichever process runs it. */
export const previewFolder = 'previews';

/** A JPEG, or whatever picture its pipeline sends. */
export function previewName(job: JobId): string {
  return `${job}.jpg`;
}
