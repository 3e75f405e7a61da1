import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { GitStates } from '../providers/gitStates.ts';
import { JobBoard } from '../providers/jobBoard.ts';
import { JobStatus } from '../providers/jobStatus.ts';
import { QueueState } from '../providers/queueState.ts';
import { ProjectIndex } from '../providers/projectIndex.ts';
import type { Translate } from '../providers/translate.ts';
import { filmPlaces } from './filmPlaces.ts';
import { OpenTexts } from './openTexts.ts';
import { followRunnerSettings, runnerWishes } from './runnerSettings.ts';
import { StudioClient } from './studioClient.ts';

declare const __AUTEUR_VERSION__: string;

/** Everything the window needs, built once and in order. */
export interface Services extends Disposable {
  readonly extensionUri: vscode.Uri;
  readonly extensionId: string;
  readonly log: vscode.LogOutputChannel;
  readonly t: Translate;
  readonly studio: StudioClient;
  readonly texts: OpenTexts;
  readonly projects: ProjectIndex;
  readonly jobs: JobBoard;
  readonly git: GitStates;
  readonly queue: QueueState;
  readonly status: JobStatus;
}

const translate: Translate = (message, values) =>
  values === undefined ? vscode.l10n.t(message) : vscode.l10n.t(message, values);

export function createServices({ extension, extensionUri }: vscode.ExtensionContext): Services {
  const owned = new DisposableStore();
  const log = owned.add(vscode.window.createOutputChannel('Auteur', { log: true }));
  const texts = owned.add(new OpenTexts());
  const studio = createStudioClient(extensionUri, texts, log);
  owned.add(followRunnerSettings({ studio, log }));
  const jobs = owned.add(new JobBoard(studio));
  const warn = (line: string): void => {
    log.warn(line);
  };
  const queue = owned.add(new QueueState({ studio, jobs, log: warn }));
  const status = owned.add(new JobStatus({ jobs, queue, t: translate }));
  const projects = owned.add(
    new ProjectIndex({
      studio,
      trusted: () => vscode.workspace.isTrusted,
      places: filmPlaces,
      log: warn,
    }),
  );
  const git = owned.add(new GitStates({ studio, projects, log: warn }));
  const dispose = (): void => {
    owned.dispose();
  };
  const extensionId = extension.id;
  return {
    extensionUri,
    extensionId,
    log,
    t: translate,
    studio,
    texts,
    projects,
    jobs,
    queue,
    git,
    status,
    dispose,
  };
}

function createStudioClient(
  extensionUri: vscode.Uri,
  texts: OpenTexts,
  log: vscode.LogOutputChannel,
): StudioClient {
  const dist = path.join(extensionUri.fsPath, 'dist');
  return new StudioClient({
    entry: path.join(dist, 'studio.cjs'),
    thread: {
      assetsDir: dist,
      trusted: vscode.workspace.isTrusted,
      claims: 'open',
      version: __AUTEUR_VERSION__,
      runner: runnerWishes(),
    },
    documents: () => texts.follow(),
    log: (line) => {
      log.info(line);
    },
  });
}
