import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { tasks, type TaskAction } from '../contributions.ts';
import { plainLabel } from '../plainText.ts';
import { projectInTask } from './filmOfTask.ts';
import { FilmTerminal } from './filmTerminal.ts';
import type { TaskNeeds } from './runFilmTask.ts';
import { TaskCompletion, taskFiles, type TaskCompletionNeeds } from './taskCompletion.ts';

export type TasksNeeds = Omit<TaskNeeds, 'trusted'> & TaskCompletionNeeds;

/** Tasks of type `auteur`: those found in each film, and those of a tasks.json, with what may stand in them. */
export function registerTasks(needs: TasksNeeds): Disposable {
  const owned = new DisposableStore();
  const provider = new FilmTasks({ ...needs, trusted: () => vscode.workspace.isTrusted });
  owned.add(vscode.tasks.registerTaskProvider(tasks.type, provider));
  owned.add(
    vscode.languages.registerCompletionItemProvider(taskFiles, new TaskCompletion(needs), '"', '/', '*'),
  );
  return owned;
}

class FilmTasks implements vscode.TaskProvider {
  readonly #needs: TaskNeeds;

  constructor(needs: TaskNeeds) {
    this.#needs = needs;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    if (!this.#needs.trusted()) return [];
    const films = (await this.#needs.projects.list()).filter(
      ({ problem, readOnly }) => problem === undefined && !readOnly,
    );
    return films.flatMap((film) => this.#tasksOf(film));
  }

  /** What is wrong with one is said when it runs, in its terminal. */
  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task {
    return this.#task(definition, typeof scope === 'object' ? scope : vscode.TaskScope.Workspace, name);
  }

  #tasksOf(film: ProjectSummary): readonly vscode.Task[] {
    const { t } = this.#needs;
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(film.root));
    const project = projectInTask(film, folder?.uri.fsPath);
    const name = plainLabel(legible(film.name));
    const found: readonly (readonly [action: TaskAction, name: string, detail: string])[] = [
      [
        'generateMissing',
        t('Generate missing takes: {name}', { name }),
        t('A take of each shot that has none but rejected ones.'),
      ],
      [
        'regenerateStale',
        t('Regenerate stale: {name}', { name }),
        t('A new take of each shot whose shown take was made from what has changed since.'),
      ],
      [
        'exportFrames',
        t('Export frames: {name}', { name }),
        t('The shown take of each shot, numbered in film order, in a new folder of 06_Exports.'),
      ],
    ];
    return found.map(([action, label, detail]) => {
      const definition = { type: tasks.type, action, ...(project === undefined ? {} : { project }) };
      const task = this.#task(definition, folder ?? vscode.TaskScope.Workspace, label);
      task.detail = detail;
      return task;
    });
  }

  #task(
    definition: vscode.TaskDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace,
    name: string,
  ): vscode.Task {
    const folder = typeof scope === 'object' ? scope.uri.fsPath : undefined;
    const execution = new vscode.CustomExecution((resolved) =>
      Promise.resolve(new FilmTerminal(this.#needs, { definition: resolved, folder })),
    );
    return new vscode.Task(definition, scope, name, 'Auteur', execution, [`$${tasks.matcher}`]);
  }
}
