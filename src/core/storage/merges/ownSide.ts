import { join } from 'node:path';
import { Git } from '../git.ts';
import { isThere } from '../locate.ts';
import { FormerFilm } from './formerFilm.ts';

/** More merges are not looked at: what an older one has left is put in the order of the film. */
const mergesLookedAt = 20;

interface Merge {
  readonly git: Git;
  readonly here: string;
  readonly there: string;
  readonly film: FormerFilm;
}

/** What the current branch had before others were merged into it, the newest merge first. */
export class OwnSide {
  readonly #merges: readonly Merge[];

  private constructor(merges: readonly Merge[]) {
    this.#merges = merges;
  }

  /** For what is only asked whether it is there. */
  static unknown(): OwnSide {
    return new OwnSide([]);
  }

  static async of(root: string): Promise<OwnSide> {
    if (!(await isThere(join(root, '.git')))) return new OwnSide([]);
    const git = new Git(root);
    const log = ['log', '--first-parent', '--merges', `--max-count=${mergesLookedAt}`, '--format=%P'];
    const made = ((await git.query(log)) ?? '').split('\n').map((parents) => parents.trim().split(' '));
    const isUnderWay = (await git.operationInProgress()) !== undefined;
    const all = [...(isUnderWay ? [['HEAD', 'MERGE_HEAD']] : []), ...made];
    const merges = all.flatMap(([here = '', there = '']): readonly Merge[] =>
      here === '' ? [] : [{ git, here, there, film: new FormerFilm(git, here) }],
    );
    return new OwnSide(merges);
  }

  /**
   * Of some that cannot stand side by side, the one that the current branch had alone.
   * @returns undefined where no merge tells
   */
  async find<T>(
    all: readonly T[],
    had: (film: FormerFilm, one: T) => Promise<boolean>,
  ): Promise<{ readonly own: T; readonly base: () => Promise<FormerFilm | undefined> } | undefined> {
    for (const merge of this.#merges) {
      const own: T[] = [];
      for (const one of all) if (await had(merge.film, one)) own.push(one);
      const [only, ...others] = own;
      if (only !== undefined && others.length === 0) return { own: only, base: () => baseOf(merge) };
    }
    return undefined;
  }
}

async function baseOf({ git, here, there }: Merge): Promise<FormerFilm | undefined> {
  const commit = there === '' ? undefined : await git.query(['merge-base', here, there]);
  return commit === undefined ? undefined : new FormerFilm(git, commit.trim());
}
