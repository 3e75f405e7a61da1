import { JobId } from '../../../core/model/ids.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';
import { hasEnded } from '../hasEnded.ts';
import type { ContainerMarks } from './containerMarks.ts';
import { endContainer } from './containerRun.ts';
import { homeLabel, labels } from './containerSpec.ts';

export interface SweepNeeds {
  readonly engine: ContainerEngine;
  readonly home: string;
  readonly marks: ContainerMarks;
}

/**
 * Ends and removes what jobs have left that ended while nobody could: cancelled with the engine away, or killed. Two
 * processes may do so at once.
 * @returns whether all of it was looked at; the engine may be away
 */
export async function sweepLeftovers(
  { engine, home, marks }: SweepNeeds,
  outcome: (id: JobId) => Outcome,
): Promise<boolean> {
  const isLeft = (id: JobId): boolean => hasEnded(outcome(id));
  const attempts: (() => Promise<void>)[] = [];
  /** By container, whose it is. */
  const remaining = new Map<string, JobId>();
  try {
    for (const { id, labels: all } of await engine.withLabels({ [labels.home]: await homeLabel(home) })) {
      const { data: job } = JobId.safeParse(all[labels.job]);
      if (job === undefined || !isLeft(job)) continue;
      remaining.set(id, job);
      attempts.push(async () => {
        await endContainer(engine, id);
        remaining.delete(id);
      });
    }
    for (const mark of await marks.on(engine)) {
      if (!isLeft(mark.id)) continue;
      attempts.push(async () => {
        // One whose container could not be removed is known by it.
        if (![...remaining.values()].includes(mark.id)) await marks.clear(mark);
      });
    }
    await allOf(attempts);
    return true;
  } catch (error) {
    // What is left is there when the engine is.
    if (!isEngineAway(error)) throw error;
    return false;
  }
}

/** What cannot be done keeps nothing else from being done, unless the engine is away. */
async function allOf(works: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      if (isEngineAway(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
