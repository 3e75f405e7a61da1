import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { tell } from './commands/command.ts';
import type { Services } from './services.ts';

/** Reads projects and jobs when the window opens, when the folder is trusted and when the studio had to start again. */
export function followStudio(services: Services): Disposable {
  const { studio, projects, log } = services;
  const owned = new DisposableStore();
  const refresh = (): void => {
    readAll(services).catch((error: unknown) => {
      log.warn(String(error));
    });
  };
  owned.add(
    studio.onDied(() => {
      refresh();
    }),
  );
  owned.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      const reread = (): void => {
        projects.reopenAll();
        refresh();
      };
      studio.trust().then(reread, (error: unknown) => {
        log.warn(String(error));
        reread();
      });
    }),
  );
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(refresh));
  owned.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('auteur.workspace')) refresh();
    }),
  );
  owned.add(
    services.jobs.onFailed((error) => {
      tell(services, 'queue', error);
    }),
  );
  refresh();
  return owned;
}

async function readAll({ projects, jobs, log }: Services): Promise<void> {
  const shown = await projects.refresh();
  log.info(
    `${shown.length} projects in ${[...projects.places.workspaces, ...projects.places.projects].join(', ')}`,
  );
  await jobs.refresh();
}
