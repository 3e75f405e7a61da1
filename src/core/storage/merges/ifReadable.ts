import { AuteurError } from '../../errors.ts';

/** Undefined for what cannot be read; that it cannot is told where the project is validated. */
export async function ifReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}
