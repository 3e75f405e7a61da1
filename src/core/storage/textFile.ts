import { AuteurError } from '../errors.ts';
import { announceWrite } from './announcedWrites.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { readUtf8 } from './jsonFile.ts';
import { isThere } from './locate.ts';

/**
 * The text of a file; undefined where it is not there.
 * @throws AuteurError `file-unreadable` where it is not UTF-8, no regular file, or larger than 64 MiB
 */
export async function readTextFile(path: string): Promise<string | undefined> {
  return (await isThere(path)) ? readUtf8(path) : undefined;
}

/** @throws AuteurError `file-changed` where it no longer holds the text it is to replace */
export async function replaceText(
  path: string,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<void> {
  if ((await readTextFile(path)) !== before) throw new AuteurError('file-changed', { path });
  await announceWrite(path, after);
  await writeFileAtomic(path, after);
}
