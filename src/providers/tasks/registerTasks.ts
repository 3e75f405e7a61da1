import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { tasks } from '../contributions.ts';
import { loadOnce } from '../loadOnce.ts';
import type { TaskNeeds } from './runFilmTask.ts';
import type { TaskCompletionNeeds } from './taskCompletion.ts';

export type TasksNeeds = Omit<TaskNeeds, 'trusted'> & TaskCompletionNeeds;

/** Where tasks stand: in a folder, in a workspace of several. */
const taskFiles: vscode.DocumentSelector = [
  { pattern: '**/.vscode/tasks.json' },
  { pattern: '**/*.code-workspace' },
];

/** Tasks of type `auteur`: those found in each film, and those of a tasks.json, with what may stand in them. */
export function registerTasks(needs: TasksNeeds): Disposable {
  const owned = new DisposableStore();
  const loaded = loadOnce(async () => {
    const { createTaskProviders } = await import('./taskProviders.ts');
    return createTaskProviders({ ...needs, trusted: () => vscode.workspace.isTrusted });
  });
  const provider: vscode.TaskProvider = {
    provideTasks: async (token) => (await loaded()).tasks.provideTasks(token),
    resolveTask: async (task, token) => (await loaded()).tasks.resolveTask(task, token),
  };
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems: async (...typed) => (await loaded()).completion.provideCompletionItems(...typed),
  };
  owned.add(vscode.tasks.registerTaskProvider(tasks.type, provider));
  owned.add(vscode.languages.registerCompletionItemProvider(taskFiles, completion, '"', '/', '*'));
  return owned;
}
