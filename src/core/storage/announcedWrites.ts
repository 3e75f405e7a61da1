import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';

/** A file that is about to change: its absolute path and the SHA-256 of what it will hold, none where it is removed. */
export interface Announced {
  readonly path: string;
  readonly sha256: string | undefined;
}

/** Hears of writes before they happen. */
export type Announce = (files: readonly Announced[]) => Promise<void>;

const announcing = new AsyncLocalStorage<Announce>();

/** Runs work whose writes of the project's files are announced, so that a crash right after one can tell whose it was. */
export function announcingWrites<T>(announce: Announce, work: () => Promise<T>): Promise<T> {
  return announcing.run(announce, work);
}

/** To be called before a file of the film is written or removed. */
export async function announceWrite(path: string, text: string | undefined): Promise<void> {
  const sha256 = text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
  await announcing.getStore()?.([{ path, sha256 }]);
}

/** The same for many files whose content takes time to hash: it is asked for only where somebody listens. */
export async function announceFiles(files: () => Promise<readonly Announced[]>): Promise<void> {
  const announce = announcing.getStore();
  if (announce !== undefined) await announce(await files());
}
