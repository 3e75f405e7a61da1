import { readUtf8 } from './jsonFile.ts';
import { isThere } from './locate.ts';

/**
 * The text of a file; undefined where it is not there.
 * @throws AuteurError `file-unreadable` where it is not UTF-8, no regular file, or larger than 64 MiB
 */
export async function readTextFile(path: string): Promise<string | undefined> {
  return (await isThere(path)) ? readUtf8(path) : undefined;
}
