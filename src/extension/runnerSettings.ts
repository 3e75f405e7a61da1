import * as vscode from 'vscode';
import { toFailure } from '../core/errors.ts';
import type { Disposable } from '../core/events.ts';
import type { RunnerWishes } from '../core/model/runnerSettings.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { Settings } from '../providers/settings.ts';

type Area<Id> = Id extends `auteur.runner.${infer Name}` ? Name : never;

const area = 'auteur.runner';
const names: readonly Area<keyof Settings>[] = ['pipelines', 'fallback', 'containerEngine', 'devices'];

/** What the user has set; what is left alone says nothing, so that the file of the machine counts. */
export function runnerWishes(): RunnerWishes {
  const configuration = vscode.workspace.getConfiguration(area);
  const wishes: [string, unknown][] = names.map((name) => [name, configuration.inspect(name)?.globalValue]);
  return Object.fromEntries(wishes.filter(([, value]) => value !== undefined && value !== ''));
}

export function followRunnerSettings({
  studio,
  log,
}: {
  readonly studio: Pick<Studio, 'configureRunner'>;
  readonly log: vscode.LogOutputChannel;
}): Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(area)) return;
    studio.configureRunner(runnerWishes()).catch((error: unknown) => {
      log.warn(`The settings of the runner were not taken over: ${toFailure(error).message}`);
    });
  });
}
