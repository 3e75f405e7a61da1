import { roughDuration } from '../core/protocol/roughDuration.ts';
import type { Translate } from './translate.ts';

/** How long all that is open will take; of a queue that is paused nobody knows when that is over. */
export function remainingText(t: Translate, remainingMs: number, paused: boolean): string {
  const time = roughDuration(remainingMs);
  return paused ? t('about {time} once resumed', { time }) : t('about {time} left', { time });
}
