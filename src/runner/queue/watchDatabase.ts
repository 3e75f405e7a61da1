import { watch } from 'node:fs';
import { systemCode } from '../../core/errors.ts';
import type { Disposable } from '../../core/events.ts';

/** What comes close together is looked at once. */
const settlingMs = 10;

/**
 * Tells soon after another process may have written the database: its log beside it has changed. Some systems tell late,
 * or not at all, so whoever asks looks from time to time as well.
 */
export function watchDatabase(home: string, look: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, settlingMs);
  };
  const close = listen(home, (name) => {
    if (name === 'auteur.db-wal') heard();
  });
  return {
    dispose: () => {
      close();
      clearTimeout(timer);
    },
  };
}

/** Where the system has no watch left to give, there is none. */
function listen(folder: string, tell: (name: string | null) => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, (_kind, name) => {
      tell(name);
    });
    const close = (): void => {
      watcher.close();
    };
    watcher.on('error', close);
    return close;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return () => undefined;
  }
}
