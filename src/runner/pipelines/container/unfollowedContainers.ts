import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { KeptCard, KeptCards } from '../../../core/ports/jobQueue.ts';
import type { ContainerEngine, ContainerState } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';
import type { ContainerMarks } from './containerMarks.ts';
import { timeLeft } from './containerRun.ts';
import { labels } from './containerSpec.ts';

const minute = 60_000;

/**
 * Containers whose jobs nobody runs now: a window was closed, a runner killed. Each keeps its card until it is seen to have
 * ended, and its time limit holds for it all the same.
 */
export class UnfollowedContainers {
  readonly #engine: ContainerEngine;
  readonly #marks: ContainerMarks;
  /** When each has used up its time, by a clock that nobody sets. */
  #deadlines: ReadonlyMap<string, number> = new Map();

  constructor(engine: ContainerEngine, marks: ContainerMarks) {
    this.#engine = engine;
    this.#marks = marks;
  }

  async lookAfter(kept: KeptCards): Promise<void> {
    const deadlines = new Map<string, number>();
    try {
      const all = kept.keptCards('container');
      // Whoever uses the engine that they are on can tell whether they run.
      const elsewhere = all.length === 0 ? undefined : await this.#marks.elsewhere(this.#engine);
      for (const one of all.filter(({ id }) => elsewhere?.has(id) !== true)) {
        const state = await this.#runningOf(one);
        if (state === undefined) kept.cardIsFree(one);
        else if (one.waits) await this.#limit(kept, one, { state, deadlines });
      }
      this.#deadlines = deadlines;
    } catch (error) {
      if (!isEngineAway(error)) throw error;
      // Nobody can tell what runs there: the cards stay taken.
      kept.engineIsAway('container', toFailure(error));
    }
  }

  async #runningOf({ id: job }: KeptCard): Promise<ContainerState | undefined> {
    for (const { id } of await this.#engine.withLabels({ [labels.job]: job })) {
      const state = await this.#engine.state(id);
      if (state?.running === true) return state;
    }
    return undefined;
  }

  /** What the container leaves beside itself is removed with what other jobs have left that ended. */
  async #limit(
    kept: KeptCards,
    one: KeptCard,
    { state, deadlines }: { readonly state: ContainerState; readonly deadlines: Map<string, number> },
  ): Promise<void> {
    const deadline = this.#deadlines.get(state.id) ?? deadlineOf(one, state);
    deadlines.set(state.id, deadline);
    if (performance.now() < deadline || !kept.endKept(one, timeLimit(one))) return;
    await this.#engine.remove(state.id);
    kept.cardIsFree(one);
  }
}

function deadlineOf({ definition }: KeptCard, state: ContainerState): number {
  if (definition === undefined) return Infinity;
  return performance.now() + timeLeft(state, definition.timeLimitMinutes * minute);
}

function timeLimit({ definition }: KeptCard) {
  return toFailure(new AuteurError('container-time-limit', { minutes: definition?.timeLimitMinutes ?? 0 }));
}
