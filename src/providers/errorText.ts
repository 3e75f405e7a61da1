import { catalogue } from '../core/errorCatalogue.ts';
import type { AuteurError } from '../core/errors.ts';
import type { Translate } from './translate.ts';

/** The one sentence a user sees of an error, and the next step. */
export function errorText(t: Translate, error: AuteurError): string {
  const { message, hint } = catalogue[error.code];
  return `${t(message, error.data)} ${t(hint, error.data)}`;
}
