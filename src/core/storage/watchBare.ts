import { watch } from 'node:fs';
import { systemCode } from '../errors.ts';
import type { Disposable } from '../events.ts';

/**
 * Watches one folder, and none within it. Nothing is heard of one that is not there, or that the system has no watch
 * left for.
 */
export function watchBare(folder: string, tell: (name: string) => void): Disposable {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) tell(name);
    });
    const close = (): void => {
      watcher.close();
    };
    watcher.on('error', close);
    return { dispose: close };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return { dispose: () => undefined };
  }
}
