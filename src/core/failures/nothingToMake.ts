import { AuteurError, type ErrorCode } from '../errors.ts';

const codes = ['nothing-missing', 'nothing-stale', 'stale-remade', 'stale-waiting'] as const;

type NothingToMake = AuteurError & { readonly code: (typeof codes)[number] };

/** Whether takes were refused because what was wanted is so already: no failure for what runs by itself. */
export function isNothingToMake(error: unknown): error is NothingToMake {
  return AuteurError.is(error) && (codes as readonly ErrorCode[]).includes(error.code);
}
