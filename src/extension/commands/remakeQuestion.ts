import { slateCode } from '../../core/model/address.ts';
import type { StaleShot } from '../../core/protocol/recipe.ts';
import type { Translate } from '../../providers/translate.ts';
import { firstFew } from './firstFew.ts';

/**
 * What is asked before stale takes are made anew.
 * @param titles of the shots, as far as they are shown
 */
export function remakeQuestion(
  t: Translate,
  shots: readonly Pick<StaleShot, 'address' | 'number'>[],
  titles: readonly string[],
): { readonly question: string; readonly detail: string } {
  const count = shots.length;
  const lines = shots.map(({ address, number }, index) => {
    const take = t('take {number}', { number: slateCode(number) });
    return `${address}  ${titles[index] ?? ''} (${take})`;
  });
  const question =
    count === 1
      ? t('Generate 1 take, for the shot that shows a stale one?')
      : t('Generate {count} takes, one for each shot that shows a stale one?', { count });
  return { question, detail: firstFew(t, lines, '\n') };
}
