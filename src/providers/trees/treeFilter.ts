import { fitsWords, isEmptyQuery, parseQuery } from '../../core/domain/filmQuery.ts';
import { AuteurError } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { ChapterView, FoundShot, JobView, SceneSummary } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';
import type { FilmNode } from './nodes.ts';

interface TreeFilterNeeds {
  readonly studio: Pick<Studio, 'search'>;
  readonly jobs: Pick<JobBoard, 'wordsOf'>;
}

interface Fitting {
  /** What fits but for its jobs, by id. */
  readonly found: ReadonlyMap<string, FoundShot>;
  readonly shots: ReadonlySet<string>;
  readonly scenes: ReadonlySet<string>;
}

/**
 * Which nodes of the tree are shown: shots that fit what was typed, and what they are in; scenes and chapters that fit by
 * their titles, with all that is in them.
 */
export class TreeFilter {
  readonly #needs: TreeFilterNeeds;
  readonly #fitting = new Map<string, Fitting>();
  #typed = '';
  #query = parseQuery('');

  constructor(needs: TreeFilterNeeds) {
    this.#needs = needs;
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
    const shots = await this.#needs.studio.search(root, typed).catch(nothingWhereUnreadable);
    // What is typed meanwhile has asked anew; a film that cannot be read keeps what fitted last.
    if (shots === undefined || typed !== this.#typed) return false;
    const found = this.#fittingOf(new Map(shots.map((shot) => [shot.id, shot])));
    const before = this.#fitting.get(root);
    this.#fitting.set(root, found);
    return before === undefined || !isSame(before.shots, found.shots);
  }

  /** @returns the films of which other nodes are to be shown, because jobs have changed */
  jobsChanged(jobs: readonly JobView[]): readonly string[] {
    const changed = jobs.filter(({ projectRoot, shotId }) => {
      const { found, shots } = this.#fitting.get(projectRoot) ?? {};
      return found?.has(shotId) === true && shots?.has(shotId) !== this.#fitsJobs(shotId);
    });
    const roots = [...new Set(changed.map(({ projectRoot }) => projectRoot))];
    for (const root of roots) {
      const { found } = this.#fitting.get(root) ?? {};
      if (found !== undefined) this.#fitting.set(root, this.#fittingOf(found));
    }
    return roots;
  }

  #fittingOf(found: ReadonlyMap<string, FoundShot>): Fitting {
    const fitting = [...found.values()].filter(({ id }) => this.#fitsJobs(id));
    return {
      found,
      shots: new Set(fitting.map(({ id }) => id)),
      scenes: new Set(fitting.map(({ sceneId }) => sceneId)),
    };
  }

  #fitsJobs(shot: FoundShot['id']): boolean {
    const { jobs } = this.#query;
    if (jobs === undefined) return true;
    const words = this.#needs.jobs.wordsOf(shot);
    return jobs.every((word) => words.has(word));
  }

  shows(node: FilmNode): boolean {
    const found = this.#fitting.get(node.root);
    if (this.#typed === '' || found === undefined) return true;
    switch (node.kind) {
      case 'shot':
        return (
          found.shots.has(node.shotId) ||
          this.#fitsTitle(node.parent.view) ||
          this.#fitsTitle(node.parent.parent.view)
        );
      case 'scene':
        return this.#showsScene(found, node.view) || this.#fitsTitle(node.parent.view);
      case 'chapter':
        return this.#fitsTitle(node.view) || node.view.scenes.some((scene) => this.#showsScene(found, scene));
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

  #showsScene(found: Fitting, scene: SceneSummary): boolean {
    return found.scenes.has(scene.id) || this.#fitsTitle(scene);
  }

  /** A scene without shots has nothing else that fits. */
  #fitsTitle({ title, address }: SceneSummary | ChapterView): boolean {
    return fitsWords(this.#query, [title, address]);
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

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
