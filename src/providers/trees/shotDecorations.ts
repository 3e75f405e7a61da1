import * as vscode from 'vscode';
import { Emitter, type Disposable, type DisposableStore } from '../../core/events.ts';
import type { ShotId } from '../../core/model/ids.ts';
import { isActive, percent } from '../../core/protocol/jobState.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { JobBoard } from '../jobBoard.ts';
import type { Translate } from '../translate.ts';
import { jobText } from './nodeText.ts';

export interface ShotDecorationsNeeds {
  readonly jobs: JobBoard;
  readonly t: Translate;
}

const scheme = 'auteur-shot';

/** Names a shot towards the editor's decorations; nothing can be opened under it. */
export function shotUri(shot: ShotId): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${shot}` });
}

const colours = {
  running: new vscode.ThemeColor('charts.blue'),
  pending: new vscode.ThemeColor('charts.yellow'),
  error: new vscode.ThemeColor('list.errorForeground'),
};

/** The state of a shot at the right edge of its line, where a long description does not push it out of sight. */
class ShotDecorations implements vscode.FileDecorationProvider {
  readonly #changed = new Emitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #needs: ShotDecorationsNeeds;
  readonly #shots = new Map<string, ShotId>();

  constructor(needs: ShotDecorationsNeeds) {
    this.#needs = needs;
  }

  follow(): Disposable {
    return this.#needs.jobs.onChanged((jobs) => {
      const uris = new Map(this.#decorated(jobs).map(({ shotId }) => [shotId, shotUri(shotId)]));
      for (const [shotId, { path }] of uris) this.#shots.set(path, shotId);
      if (uris.size > 0) this.#changed.fire([...uris.values()]);
    });
  }

  /** A take that was made before this window was opened has left nothing at its shot. */
  #decorated(jobs: readonly JobView[]): readonly JobView[] {
    return jobs.filter(
      (job) => isActive(job) || job.status === 'error' || this.#shots.has(shotUri(job.shotId).path),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const shot = uri.scheme === scheme ? this.#shots.get(uri.path) : undefined;
    const job = shot === undefined ? undefined : this.#needs.jobs.ofShot(shot);
    const tooltip = jobText(this.#needs.t, job);
    if (job?.status === 'running')
      return new vscode.FileDecoration(String(percent(job)), tooltip, colours.running);
    if (job?.status === 'pending') return new vscode.FileDecoration('…', tooltip, colours.pending);
    if (job?.status !== 'error') return undefined;
    return new vscode.FileDecoration('!', tooltip, colours.error);
  }
}

/** Adds to what is owned what belongs to the decorations. */
export function registerShotDecorations(
  needs: ShotDecorationsNeeds,
  owned: DisposableStore,
): vscode.FileDecorationProvider {
  const decorations = new ShotDecorations(needs);
  owned.add(decorations.follow());
  owned.add(vscode.window.registerFileDecorationProvider(decorations));
  return decorations;
}
