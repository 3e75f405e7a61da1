import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenDocuments } from '../ports/openDocuments.ts';
import type { TextReplacement } from '../protocol/channel.ts';

const open = new AsyncLocalStorage<OpenDocuments>();

/** Runs work that reads and changes the documents of a window where it would read and change their files. */
export function withOpenDocuments<T>(documents: OpenDocuments, work: () => Promise<T>): Promise<T> {
  return open.run(documents, work);
}

/** Runs work that is about what is on disk, as a commit or an archive. */
export function withoutOpenDocuments<T>(work: () => Promise<T>): Promise<T> {
  return open.exit(work);
}

export function unsavedText(path: string): string | undefined {
  return open.getStore()?.unsaved(path);
}

/**
 * @returns false where the window leaves the file itself to be written, undefined where there is no window
 * @throws AuteurError `text-changed`
 */
export async function replaceInDocument(replacement: TextReplacement): Promise<boolean | undefined> {
  return open.getStore()?.replace(replacement);
}
