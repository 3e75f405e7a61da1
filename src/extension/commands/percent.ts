import type { Translate } from '../../providers/translate.ts';
import type { Checked } from './checked.ts';

/** Of a quotient of decimals this many digits are meant; the rest is how the machine writes it. */
const digits = 12;

/** `40`, `40 %` or `33,3` as a share of one; undefined where it is none. */
export function parsePercent(typed: string): number | undefined {
  const [, number] = /^(\d{1,3}(?:[.,]\d{1,9})?)\s*%?$/.exec(typed.trim()) ?? [];
  if (number === undefined) return undefined;
  const share = Number((Number(number.replace(',', '.')) / 100).toPrecision(digits));
  return share <= 1 ? share : undefined;
}

export function checkPercent(t: Translate, typed: string): Checked {
  return parsePercent(typed) === undefined ? { problem: t('Write a number from 0 to 100.') } : {};
}
