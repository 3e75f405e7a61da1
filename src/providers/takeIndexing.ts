import * as vscode from 'vscode';
import { legible } from '../core/domain/legible.ts';
import { DisposableStore, type Disposable } from '../core/events.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { ProjectSummary } from '../core/protocol/views.ts';
import { views } from './contributions.ts';
import { plainLabel } from './plainText.ts';
import type { ProjectIndex } from './projectIndex.ts';
import type { Translate } from './translate.ts';

export interface TakeIndexingNeeds {
  readonly studio: Pick<Studio, 'indexTakes' | 'onEvent'>;
  readonly projects: Pick<ProjectIndex, 'onChanged'>;
  readonly t: Translate;
  log(line: string): void;
}

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** Has the takes of each film that is opened indexed, and shows how far that is; the tree does not wait for it. */
export function registerTakeIndexing(needs: TakeIndexingNeeds): Disposable {
  const owned = new DisposableStore();
  const begun = new Set<string>();
  owned.add(
    needs.projects.onChanged((projects) => {
      if (!vscode.workspace.isTrusted) return;
      for (const project of projects.filter((one) => one.problem === undefined && !begun.has(one.root))) {
        begun.add(project.root);
        indexTakes(needs, project).catch((error: unknown) => {
          begun.delete(project.root);
          needs.log(`${project.root}: ${String(error)}`);
        });
      }
    }),
  );
  return owned;
}

async function indexTakes(
  { studio, t }: TakeIndexingNeeds,
  { root, id, name }: ProjectSummary,
): Promise<void> {
  if (id === undefined) return;
  await vscode.window.withProgress({ location: { viewId: views.projects } }, () =>
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: t('Auteur: reading the takes of "{name}"', { name: plainLabel(legible(name)) }),
      },
      async (progress) => {
        const told = followIndexing(studio, id, progress);
        try {
          await studio.indexTakes(root);
        } finally {
          told.dispose();
        }
      },
    ),
  );
}

function followIndexing(studio: Pick<Studio, 'onEvent'>, film: ProjectId, progress: Progress): Disposable {
  return studio.onEvent(({ projectId, event }) => {
    if (event.type !== 'takes_indexed' || projectId !== film || event.total === 0) return;
    progress.report({ message: `${Math.floor((100 * event.done) / event.total)} %` });
  });
}
