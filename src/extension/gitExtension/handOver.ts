import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../core/events.ts';
import type { ProjectIndex } from '../../providers/projectIndex.ts';
import type { GitApi, GitExtension } from './gitApi.ts';

export interface HandOverNeeds {
  readonly projects: ProjectIndex;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

/** The films that the Git extension shows, as others see it. */
export interface HandOver extends Disposable {
  /** Something of a film changed in Git. */
  readonly onChanged: Event<string>;
}

/**
 * Hands each film of the window to the built-in Git extension, which does not look as deep as `Projects/<Name>` by
 * itself. It may be disabled, come late, or be enabled again; in a folder that is not trusted it is not even asked.
 */
export function registerHandOver(needs: HandOverNeeds): HandOver {
  const owned = new DisposableStore();
  const changed = owned.add(new Emitter<string>());
  const opener = owned.add(new Opener(needs, (root) => changed.fire(root)));
  const look = (): void => {
    opener.look().catch((error: unknown) => {
      needs.log.warn(`The Git extension did not take the films: ${String(error)}`);
    });
  };
  owned.add(needs.projects.onChanged(look));
  owned.add(vscode.extensions.onDidChange(look));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(look));
  const dispose = (): void => {
    owned.dispose();
  };
  return { onChanged: changed.event, dispose };
}

class Opener implements Disposable {
  readonly #needs: HandOverNeeds;
  readonly #changed: (root: string) => void;
  readonly #given = new Map<string, Disposable>();
  #listening = new DisposableStore();
  #extension: GitExtension | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(needs: HandOverNeeds, changed: (root: string) => void) {
    this.#needs = needs;
    this.#changed = changed;
  }

  /** One look after the other: each film is given once. */
  look(): Promise<void> {
    this.#looking = this.#looking.catch(() => undefined).then(() => this.#look());
    return this.#looking;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#forget();
  }

  async #look(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const api = await this.#api();
    if (api === undefined) return;
    const films = this.#needs.projects.current.filter(({ problem }) => problem === undefined);
    const shown = new Set(films.map(({ root }) => root));
    for (const [root, watching] of this.#given) {
      if (shown.has(root)) continue;
      watching.dispose();
      this.#given.delete(root);
    }
    for (const root of shown) if (!this.#given.has(root)) await this.#give(api, root);
  }

  async #give(api: GitApi, root: string): Promise<void> {
    const repository = await api.openRepository(vscode.Uri.file(root));
    // What it does not want is not given again with each change of the list.
    const watching = repository?.state.onDidChange(() => {
      this.#changed(root);
    });
    this.#given.set(root, watching ?? { dispose: () => undefined });
    this.#needs.log.info(`${root}: ${repository === null ? 'not taken' : 'taken'} by the Git extension`);
  }

  async #api(): Promise<GitApi | undefined> {
    const found = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (found === undefined) {
      this.#forget();
      return undefined;
    }
    const extension = found.isActive ? found.exports : await found.activate();
    if (extension !== this.#extension) this.#listenTo(extension);
    if (!extension.enabled) return undefined;
    const api = extension.getAPI(1);
    if (api.state === 'initialized') return api;
    const ready = this.#listening.add(
      api.onDidChangeState(() => {
        ready.dispose();
        this.#again();
      }),
    );
    return undefined;
  }

  #listenTo(extension: GitExtension): void {
    this.#forget();
    this.#listening.dispose();
    this.#listening = new DisposableStore();
    this.#extension = extension;
    this.#listening.add(
      extension.onDidChangeEnablement(() => {
        // Enabled again, it begins anew.
        this.#forget();
        this.#again();
      }),
    );
  }

  #again(): void {
    this.look().catch((error: unknown) => {
      this.#needs.log.warn(`The Git extension did not take the films: ${String(error)}`);
    });
  }

  #forget(): void {
    for (const watching of this.#given.values()) watching.dispose();
    this.#given.clear();
  }
}
