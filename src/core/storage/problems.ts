import { AuteurError, toFailure, type ErrorCode, type ErrorData } from '../errors.ts';
import type { ProblemFix } from '../protocol/problemFix.ts';
import type { Problem } from '../protocol/views.ts';

export type Report = (problem: Problem) => void;

/** Where a problem is, what it is about and what mends it. */
export interface Found {
  readonly path: string;
  readonly pointer?: string;
  readonly data?: ErrorData;
  readonly fix?: ProblemFix | undefined;
}

/** A problem in the words of the catalogue. */
export function problemOf(code: ErrorCode, { path, pointer, data = {}, fix }: Found): Problem {
  return {
    path,
    ...toFailure(new AuteurError(code, data)),
    data,
    ...(pointer === undefined ? {} : { pointer }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** What went wrong with a file of the project, and where in it. */
function failureOf(path: string, error: unknown): Problem {
  const problem = { path, ...toFailure(error) };
  if (!AuteurError.is(error)) return problem;
  const { pointer, offset } = error.data;
  return {
    ...problem,
    data: error.data,
    ...(typeof pointer === 'string' ? { pointer } : {}),
    ...(typeof offset === 'number' ? { offset } : {}),
  };
}

/** Runs one check; what goes wrong in it is one more problem of that path, and hides no other. */
export async function attempt<T>(
  path: string,
  report: Report,
  check: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    report(failureOf(path, error));
    return undefined;
  }
}

/** Each value that stands more than once. */
export function repeated<T>(values: readonly T[]): readonly T[] {
  return [...new Set(laterTwins(values, (value) => value))];
}

/** What has a key that one before it has. */
export function laterTwins<T>(all: readonly T[], keyOf: (one: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return all.filter((one) => {
    const key = keyOf(one);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
