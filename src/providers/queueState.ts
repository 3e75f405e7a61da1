import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { JobId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { QueueView } from '../core/protocol/queueView.ts';
import { Batch } from './batch.ts';
import type { JobBoard } from './jobBoard.ts';

export interface QueueStateNeeds {
  readonly studio: Pick<Studio, 'queue'>;
  readonly jobs: JobBoard;
  log(line: string): void;
}

/** So many of the jobs that wait are shown, and told why. */
export const shownWaiting = 100;
/** How the queue stands is asked after a change, and no more than once a second. */
const askDelayMs = 50;
const askPauseMs = 1000;

const unknown: QueueView = { paused: false, running: 0, waiting: 0, next: [] };

/** How the queue of this machine stood when it was last asked. */
export class QueueState implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<QueueView>());
  readonly onChanged = this.#changed.event;
  readonly #needs: QueueStateNeeds;
  readonly #ask = this.#owned.add(new Batch<'queue'>(askDelayMs, () => this.refresh(), askPauseMs));
  #current = unknown;
  #reasons: ReadonlyMap<JobId, string> = new Map();

  constructor(needs: QueueStateNeeds) {
    this.#needs = needs;
    this.#owned.add(
      needs.jobs.onChanged(() => {
        this.#ask.add('queue');
      }),
    );
  }

  get current(): QueueView {
    return this.#current;
  }

  /** Why a job waits, as of now rather than of when it changed last. */
  reasonOf(id: JobId): string | undefined {
    return this.#reasons.get(id);
  }

  async refresh(): Promise<void> {
    try {
      this.#current = await this.#needs.studio.queue(shownWaiting);
    } catch (error) {
      // The board of jobs tells the user that the queue cannot be read.
      this.#needs.log(`queue: ${String(error)}`);
      return;
    }
    this.#reasons = new Map(this.#current.next.map(({ id, waiting }) => [id, waiting]));
    this.#changed.fire(this.#current);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
