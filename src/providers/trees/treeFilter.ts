import { fitsWords, isEmptyQuery, parseQuery } from '../../core/domain/filmQuery.ts';
import { AuteurError } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { FoundShot } from '../../core/protocol/views.ts';
import type { FilmNode } from './nodes.ts';

interface Fitting {
  readonly shots: ReadonlySet<string>;
  readonly scenes: ReadonlySet<string>;
}

/** Which nodes of the tree are shown: shots that fit what was typed, and what they are in. */
export class TreeFilter {
  readonly #studio: Pick<Studio, 'search'>;
  readonly #fitting = new Map<string, Fitting>();
  #typed = '';
  #query = parseQuery('');

  constructor(studio: Pick<Studio, 'search'>) {
    this.#studio = studio;
  }

  get typed(): string {
    return this.#typed;
  }

  async set(typed: string, roots: readonly string[]): Promise<void> {
    this.#query = parseQuery(typed);
    this.#typed = isEmptyQuery(this.#query) ? '' : typed.trim();
    this.#fitting.clear();
    await this.reread(new Set(roots));
  }

  /** @returns the films of which other nodes are to be shown than before */
  async reread(roots: ReadonlySet<string>): Promise<readonly string[]> {
    const changed: string[] = [];
    for (const root of roots) if (await this.#reread(root)) changed.push(root);
    return changed;
  }

  async #reread(root: string): Promise<boolean> {
    if (this.#typed === '') return false;
    const typed = this.#typed;
    const shots = await this.#studio.search(root, typed).catch(nothingWhereUnreadable);
    // What is typed meanwhile has asked anew; a film that cannot be read keeps what fitted last.
    if (shots === undefined || typed !== this.#typed) return false;
    const found = fitting(shots);
    const before = this.#fitting.get(root);
    this.#fitting.set(root, found);
    return before === undefined || !isSame(before.shots, found.shots);
  }

  shows(node: FilmNode): boolean {
    const found = this.#fitting.get(node.root);
    if (this.#typed === '' || found === undefined) return true;
    switch (node.kind) {
      case 'shot':
        return found.shots.has(node.shotId);
      case 'scene':
        return found.scenes.has(node.view.id);
      case 'chapter':
        return node.view.scenes.some(({ id }) => found.scenes.has(id));
      case 'beats':
        return node.view.beats.some((beat) => this.#fits(beat));
      case 'beat':
        return this.#fits(node.view);
      case 'documents':
        return false;
      default:
        return true;
    }
  }

  /** A beat is in no shot; it is found by what it says, and by where it is bound. */
  #fits({ name, description = '', at = '', boundTo = '' }: BeatView): boolean {
    return fitsWords(this.#query, [name, description, at, boundTo]);
  }
}

function nothingWhereUnreadable(error: unknown): undefined {
  if (!AuteurError.is(error)) throw error;
  return undefined;
}

function fitting(shots: readonly FoundShot[]): Fitting {
  return { shots: new Set(shots.map(({ id }) => id)), scenes: new Set(shots.map(({ sceneId }) => sceneId)) };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
