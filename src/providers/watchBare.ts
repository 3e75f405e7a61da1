import { watch } from 'node:fs';
import { systemCode } from '../core/errors.ts';
import type { Disposable } from '../core/events.ts';

/** Watches one folder, and none within it; one that is not there is heard of by nobody. */
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
