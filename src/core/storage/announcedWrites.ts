import { AsyncLocalStorage } from 'node:async_hooks';

/** What a file is about to hold: a text, what has this hash, or nothing where it is removed. */
export type ContentToBe = string | { readonly sha256: string } | undefined;

/** Hears of a write before it happens: the file's absolute path and its content to be. */
export type Announce = (path: string, content: ContentToBe) => Promise<void>;

const announcing = new AsyncLocalStorage<Announce>();

/** Runs work whose writes of the project's files are announced, so that a crash right after one can tell whose it was. */
export function announcingWrites<T>(announce: Announce, work: () => Promise<T>): Promise<T> {
  return announcing.run(announce, work);
}

/** To be called before a file of the film is written or removed. */
export async function announceWrite(path: string, content: ContentToBe): Promise<void> {
  await announcing.getStore()?.(path, content);
}
