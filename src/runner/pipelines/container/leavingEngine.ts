import { AuteurError } from '../../../core/errors.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { requireEngineThatStays } from './containerRun.ts';

/** What becomes of a job that failed so: what an engine refuses that is about to stop is no fault of the job. */
export async function unlessEngineLeaves(engine: ContainerEngine, error: unknown): Promise<unknown> {
  if (!AuteurError.is(error, 'engine-refused')) return error;
  try {
    await requireEngineThatStays(engine);
    return error;
  } catch (away) {
    return away;
  }
}
