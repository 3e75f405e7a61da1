import { catalogue, type ErrorCode } from '../core/errorCatalogue.ts';
import { legible } from '../core/domain/legible.ts';
import type { AuteurError, ErrorData } from '../core/errors.ts';
import { plainMessage } from './plainText.ts';
import type { Translate } from './translate.ts';

/** The one sentence a user sees of an error, and the next step. */
export function errorText(t: Translate, { code, data }: Pick<AuteurError, 'code' | 'data'>): string {
  return plainMessage(failureText(t, code, data));
}

/** The same for what shows its text as it is. */
export function failureText(t: Translate, code: ErrorCode, values: ErrorData): string {
  const { message, hint } = catalogue[code];
  const data = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? legible(value) : value]),
  );
  return `${t(message, data)} ${t(hint, data)}`;
}
