import { statSync, type Stats } from 'node:fs';
import { systemCode } from '../errors.ts';
import { unsavedText } from './openDocuments.ts';

/** Disks tell times by the second, or by two. */
const coarsestClockMs = 2_000;

/** Whether a change of a file from now on is sure to change its times. */
export function isSettled({ mtimeMs, ctimeMs }: Stats): boolean {
  // Of an older file that is put back with its time, only the time of the change tells.
  return Math.max(mtimeMs, ctimeMs) < Date.now() - coarsestClockMs;
}

/** Remembers what was read of files while they stay as they are. */
export class RememberedFiles<T> {
  readonly #known = new Map<string, { readonly stamp: string; readonly value: T }>();

  /** @param read reads it anew, for the first time or because it has changed */
  async get(path: string, read: () => Promise<T>): Promise<T> {
    if (unsavedText(path) !== undefined) return read();
    const found = statsOf(path);
    const stamp = found && stampOf(found);
    const known = this.#known.get(path);
    if (known !== undefined && known.stamp === stamp) return known.value;
    this.#known.delete(path);
    const value = await read();
    // What was typed while it was read is not what the file holds.
    const isOfFile = unsavedText(path) === undefined;
    if (isOfFile && found !== undefined && stamp !== undefined && isSettled(found))
      this.#known.set(path, { stamp, value });
    return value;
  }
}

/** Of the file itself, wherever links lead: it holds what it held while this stays the same. */
function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(':');
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    // Reading it tells what is wrong.
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
