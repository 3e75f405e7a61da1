import type { TakeView } from '../../core/protocol/views.ts';

/** `★★★☆☆ approved`; empty where nothing was said of the take. */
export function reviewWords({ review }: TakeView): string {
  const { rating, status } = review ?? {};
  const stars = rating === undefined ? '' : '★'.repeat(rating) + '☆'.repeat(5 - rating);
  return [stars, status ?? ''].filter((words) => words !== '').join(' ');
}
