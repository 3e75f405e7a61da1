import type * as vscode from 'vscode';
import type { GitStates } from '../gitStates.ts';
import type { Translate } from '../translate.ts';
import type { FilmNode } from './nodes.ts';
import { describeGit, gitLines, gitText } from './gitText.ts';

/** What the lines of films say of Git: one is drawn anew only where it would say something else. */
export class DrawnGit {
  readonly #git: Pick<GitStates, 'of'>;
  readonly #t: Translate;
  readonly #drawn = new Map<string, string>();

  constructor({ git, t }: { readonly git: Pick<GitStates, 'of'>; readonly t: Translate }) {
    this.#git = git;
    this.#t = t;
  }

  describe(item: vscode.TreeItem, root: string): void {
    this.#drawn.set(root, this.#textOf(root));
    describeGit(this.#t, item, this.#git.of(root));
  }

  /** For the tooltip, which is asked for each time. */
  linesOf(node: FilmNode): readonly string[] {
    const status = node.kind === 'project' ? this.#git.of(node.root) : undefined;
    return status === undefined ? [] : gitLines(this.#t, status);
  }

  isOutdated(root: string): boolean {
    return this.#drawn.get(root) !== this.#textOf(root);
  }

  #textOf(root: string): string {
    const status = this.#git.of(root);
    return status === undefined ? '' : gitText(this.#t, status);
  }
}
