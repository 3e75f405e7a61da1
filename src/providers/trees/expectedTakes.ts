import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { PlaceRef } from '../contributions.ts';
import type { FilmNode, ShotNode } from './nodes.ts';
import type { ProjectTree } from './projectTree.ts';

export interface ExpectedTakesNeeds {
  readonly tree: Pick<ProjectTree, 'onTaken' | 'find' | 'isOpen'>;
  /** Asks the editor to open a shot; it refuses one that it does not show. */
  readonly open: (shot: FilmNode) => Promise<void>;
  readonly log: (line: string) => void;
}

/** The editor draws what has changed up to 200 ms later; a busy one takes longer. */
const [pauseMs, attempts] = [250, 12];

/** Opens a shot in the tree as soon as the take that was asked for is there. */
export class ExpectedTakes implements Disposable {
  readonly #needs: ExpectedTakesNeeds;
  readonly #owned = new DisposableStore();
  /** How many takes each shot had when one more was asked for: its folder is heard of before the take is in it. */
  readonly #counts = new Map<string, number>();
  #isDisposed = false;

  constructor(needs: ExpectedTakesNeeds) {
    this.#needs = needs;
    this.#owned.add(
      needs.tree.onTaken((shot) => {
        if (shot.view.takeCount <= (this.#counts.get(shot.id) ?? Infinity)) return;
        this.#counts.delete(shot.id);
        this.#open(shot).catch((error: unknown) => {
          needs.log(`${shot.id}: ${String(error)}`);
        });
      }),
    );
  }

  async expect({ root, address }: PlaceRef): Promise<void> {
    const shot = await this.#needs.tree.find(root, address);
    if (shot?.kind === 'shot') this.#counts.set(shot.id, shot.view.takeCount);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#owned.dispose();
  }

  /** The editor opens nothing, and does not say so, as long as it has not drawn that there is something below. */
  async #open(shot: ShotNode): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await this.#needs.open(shot);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (this.#isDisposed || this.#needs.tree.isOpen(shot)) return;
    }
  }
}
