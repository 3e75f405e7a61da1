import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { tasks } from '../contributions.ts';
import { FilmTasks } from './filmTasks.ts';
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
