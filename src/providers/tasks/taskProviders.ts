import type * as vscode from 'vscode';
import { FilmTasks } from './filmTasks.ts';
import type { TaskNeeds } from './runFilmTask.ts';
import { TaskCompletion, type TaskCompletionNeeds } from './taskCompletion.ts';

export interface TaskProviders {
  readonly tasks: Required<vscode.TaskProvider>;
  readonly completion: vscode.CompletionItemProvider;
}

/** Loaded when VS Code asks for the first task, or somebody types one. */
export function createTaskProviders(needs: TaskNeeds & TaskCompletionNeeds): TaskProviders {
  return { tasks: new FilmTasks(needs), completion: new TaskCompletion(needs) };
}
