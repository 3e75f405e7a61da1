import type { Translate } from '../../providers/translate.ts';

const few = 5;
/** No more of them are shown. */
export const mostShown = few + 1;

/** The first of many, and how many more there are; of one more it is as short to say which. */
export function firstFew(t: Translate, all: readonly string[], between: string): string {
  if (all.length <= mostShown) return all.join(between);
  return [...all.slice(0, few), t('and {count} more', { count: all.length - few })].join(between);
}
