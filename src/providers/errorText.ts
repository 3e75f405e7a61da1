import { catalogue } from '../core/errorCatalogue.ts';
import { legible } from '../core/domain/legible.ts';
import type { AuteurError } from '../core/errors.ts';
import { plainMessage } from './plainText.ts';
import type { Translate } from './translate.ts';

/** The one sentence a user sees of an error, and the next step. */
export function errorText(t: Translate, error: AuteurError): string {
  const { message, hint } = catalogue[error.code];
  const data = Object.fromEntries(
    Object.entries(error.data).map(([name, value]) => [
      name,
      typeof value === 'string' ? legible(value) : value,
    ]),
  );
  return plainMessage(`${t(message, data)} ${t(hint, data)}`);
}
