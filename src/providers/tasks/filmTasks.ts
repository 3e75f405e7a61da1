import * as vscode from 'vscode';
import { tasks } from '../contributions.ts';
import { detectedTasks } from './detectedTasks.ts';
import { FilmTerminal } from './filmTerminal.ts';
import type { TaskNeeds } from './runFilmTask.ts';

type Scope = vscode.WorkspaceFolder | vscode.TaskScope.Workspace;

/** Gives VS Code the tasks of the films, and what runs them. */
export class FilmTasks implements vscode.TaskProvider {
  readonly #needs: TaskNeeds;

  constructor(needs: TaskNeeds) {
    this.#needs = needs;
  }

  /** In a window that is not trusted none is run, so none is offered. */
  async provideTasks(): Promise<vscode.Task[]> {
    if (!this.#needs.trusted()) return [];
    const films = await this.#needs.projects.list();
    return films.flatMap((film) => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(film.root));
      return detectedTasks(this.#needs.t, film, folder?.uri.fsPath).map(({ definition, label, detail }) => {
        const task = this.#task(definition, folder ?? vscode.TaskScope.Workspace, label);
        task.detail = detail;
        return task;
      });
    });
  }

  /** What is wrong with one is said when it runs, in its terminal. */
  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task {
    return this.#task(definition, typeof scope === 'object' ? scope : vscode.TaskScope.Workspace, name);
  }

  #task(definition: vscode.TaskDefinition, scope: Scope, name: string): vscode.Task {
    const folder = typeof scope === 'object' ? scope.uri.fsPath : undefined;
    const execution = new vscode.CustomExecution((resolved) =>
      Promise.resolve(new FilmTerminal(this.#needs, { definition: resolved, folder })),
    );
    return new vscode.Task(definition, scope, name, 'Auteur', execution, [`$${tasks.matcher}`]);
  }
}
