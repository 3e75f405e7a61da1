import { legible } from '../core/domain/legible.ts';
import type { JobId } from '../core/model/ids.ts';
import { printsLog } from '../core/protocol/jobState.ts';
import type { JobView } from '../core/protocol/views.ts';
import type { Translate } from './translate.ts';

export interface FailedTakes {
  readonly message: string;
  /** The job whose log tells more. */
  readonly logOf?: JobId;
}

/** What is said of takes that failed together; undefined where none did. */
export function failedTakes(t: Translate, failed: readonly JobView[]): FailedTakes | undefined {
  const [job, another] = failed;
  if (job === undefined) return undefined;
  const { id, address, error } = job;
  const reason = legible(`${error?.message ?? ''} ${error?.hint ?? ''}`.trim());
  const message =
    another === undefined
      ? t('The take of {address} failed: {reason}', { address, reason })
      : t('{count} takes failed. {address}: {reason}', { count: failed.length, address, reason });
  return { message, ...(printsLog(job) ? { logOf: id } : {}) };
}
