import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';
import type { GitStatus } from '../core/protocol/gitStatus.ts';
import { Batch } from './batch.ts';
import type { ProjectIndex } from './projectIndex.ts';

export interface GitStatesNeeds {
  readonly studio: Pick<Studio, 'gitStatus' | 'onEvent'>;
  readonly projects: ProjectIndex;
  log(line: string): void;
}

/** Git is asked once for all that happens within this time: a batch of takes is one change. */
const readDelayMs = 1_000;
const telling: ReadonlySet<string> = new Set<AuteurEvent['type']>([
  'project_update',
  'take_created',
  'take_updated',
]);

/** Where the films of the window stand in Git, as it was asked last. */
export class GitStates implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<string>());
  /** The root of a film that stands elsewhere now. */
  readonly onChanged = this.#changed.event;
  readonly #needs: GitStatesNeeds;
  readonly #states = new Map<string, GitStatus>();
  readonly #stale = this.#owned.add(new Batch<string>(readDelayMs, (roots) => void this.#read(roots)));

  constructor(needs: GitStatesNeeds) {
    this.#needs = needs;
    this.#owned.add(
      needs.projects.onChanged((projects) => {
        const shown = new Set(projects.map(({ root }) => root));
        for (const root of [...this.#states.keys()].filter((one) => !shown.has(one)))
          this.#states.delete(root);
        for (const root of shown) this.#stale.add(root);
      }),
    );
    this.#owned.add(
      needs.studio.onEvent(({ projectId, event }) => {
        if (!telling.has(event.type)) return;
        for (const { root, id } of needs.projects.current) if (id === projectId) this.#stale.add(root);
      }),
    );
  }

  of(root: string): GitStatus | undefined {
    return this.#states.get(root);
  }

  /** Something of the film may have changed in Git. */
  look(root: string): void {
    this.#stale.add(root);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #read(roots: ReadonlySet<string>): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    // Also of one whose manifest cannot be read: a merge may have left it so.
    for (const { root } of this.#needs.projects.current.filter((project) => roots.has(project.root))) {
      const before = this.#states.get(root);
      const status = await this.#ask(root);
      if (status === undefined) this.#states.delete(root);
      else this.#states.set(root, status);
      if (!isDeepStrictEqual(before, status)) this.#changed.fire(root);
    }
  }

  /** A film without a repository, or with one that Git refuses, shows nothing of it. */
  async #ask(root: string): Promise<GitStatus | undefined> {
    try {
      return await this.#needs.studio.gitStatus(root);
    } catch (error) {
      this.#needs.log(`${root}: ${String(error)}`);
      return undefined;
    }
  }
}
