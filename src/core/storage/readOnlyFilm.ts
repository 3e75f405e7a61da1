import { AuteurError, systemCode } from '../errors.ts';

/** Whether a read-only disk, or the permissions of a folder, keep a file from being written. */
export function isReadOnly(error: unknown): boolean {
  return ['EROFS', 'EACCES'].includes(systemCode(error) ?? '');
}

/**
 * Work that is the first to write into a film, or lets Git look at it: to compare media, Git LFS writes them once more.
 * @throws AuteurError `film-read-only` where that cannot be done
 */
export async function writingInto<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    throw new AuteurError('film-read-only', { root }, { cause: error });
  }
}
