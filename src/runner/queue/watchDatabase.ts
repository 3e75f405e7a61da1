import type { Disposable } from '../../core/events.ts';
import { watchBare } from '../../core/storage/watchBare.ts';

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
  const watched = watchBare(home, (name) => {
    if (name === 'auteur.db-wal') heard();
  });
  return {
    dispose: () => {
      watched.dispose();
      clearTimeout(timer);
    },
  };
}
