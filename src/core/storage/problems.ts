import { toFailure } from '../errors.ts';
import type { Problem } from '../protocol/views.ts';

export type Report = (problem: Problem) => void;

/** Runs one check; what goes wrong in it is one more problem of that path, and hides no other. */
export async function attempt<T>(
  path: string,
  report: Report,
  check: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    report({ path, ...toFailure(error) });
    return undefined;
  }
}

/** Each value that stands more than once. */
export function repeated<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
