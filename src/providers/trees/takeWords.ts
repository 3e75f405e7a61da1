import type { TakeReview } from '../../core/model/shotList.ts';
import { sourceName } from './sourceWords.ts';
import type { Translate } from '../translate.ts';

/** 3 → `★★★`. */
export function starsText(rating: number): string {
  return '★'.repeat(rating);
}

/** What was decided about a take, as its line says it. */
export function reviewWords(t: Translate, review: TakeReview | undefined): readonly string[] {
  const status = { approved: t('approved'), rejected: t('rejected') };
  const words = [starsText(review?.rating ?? 0), review?.status === undefined ? '' : status[review.status]];
  return words.filter((word) => word !== '');
}

/** What has changed since a take was made, in words of the film. */
export function staleWords(t: Translate, stale: readonly string[] | undefined): string | undefined {
  if (stale === undefined || stale.length === 0) return undefined;
  const names = new Set(stale.map((one) => sourceName(t, one)));
  return t('Changed since it was made: {names}', { names: [...names].join(', ') });
}
