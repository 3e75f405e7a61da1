import type * as vscode from 'vscode';
import type { Disposable } from '../../core/events.ts';
import type { ImportTarget } from '../../core/protocol/importRequest.ts';
import type { FilmState } from '../../providers/filmState.ts';
import { TakePages } from '../../providers/views/takePageView.ts';
import { addCommands } from './addCommands.ts';
import { assetCommands } from './assetCommands.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { beatCommands } from './beatCommands.ts';
import type { Command } from './command.ts';
import { documentCommands } from './documentCommands.ts';
import { editCommands } from './editCommands.ts';
import { gitCommands } from './gitCommands.ts';
import { importAssets } from './importAssets.ts';
import { jobCommands } from './jobCommands.ts';
import { JobLogs } from './jobLogs.ts';
import { partCommands } from './partCommands.ts';
import { pipelineCommands } from './pipelineCommands.ts';
import { placeCommands } from './placeCommands.ts';
import { projectCommands } from './projectCommands.ts';
import { queueCommands } from './queueCommands.ts';
import { reviewCommands } from './reviewCommands.ts';
import { setupCommands } from './setupCommands.ts';
import { shotCommands } from './shotCommands.ts';
import { structureCommands } from './structureCommands.ts';
import { takeCommands } from './takeCommands.ts';
import { restoreTakePage } from './takePages.ts';
import { walkthroughCommands } from './walkthroughCommands.ts';
import { wholeFilmCommands } from './wholeFilmCommands.ts';

export type CommandNeeds = AssetNeeds & { readonly state: FilmState };

/** Everything that a user can ask for: a bundle of its own, loaded by the first of them. */
export interface Commands extends Disposable {
  run(id: string, args: readonly unknown[]): Promise<void>;
  importFiles(root: string, sources: readonly string[], target: ImportTarget): Promise<void>;
  /** Gives a page of an earlier window what it was about again. */
  restorePage(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

export function createCommands(services: CommandNeeds): Commands {
  const log = (line: string): void => {
    services.log.warn(line);
  };
  const pages = new TakePages({ ...services, onHint: services.tree.onHint, log });
  const jobLogs = new JobLogs(services);
  const needs = { ...services, pages, jobLogs };
  const all = [
    ...assetCommands(needs),
    ...projectCommands(needs),
    ...addCommands(needs),
    ...shotCommands(needs),
    ...partCommands(needs),
    ...beatCommands(needs),
    ...documentCommands(needs),
    ...structureCommands(needs),
    ...placeCommands(needs),
    ...takeCommands(needs),
    ...reviewCommands(needs),
    ...editCommands(needs),
    ...gitCommands(needs),
    ...wholeFilmCommands(needs),
    ...walkthroughCommands(needs),
    ...jobCommands(needs),
    ...pipelineCommands(needs),
    ...queueCommands(needs),
    ...setupCommands(needs),
  ];
  const byId = new Map<string, Command>(all.map((command) => [command.id, command]));
  return {
    run: async (id, args) => {
      await byId.get(id)?.run(...args);
    },
    importFiles: (root, sources, target) => importAssets(needs, { root, sources, target }),
    restorePage: (panel, state) => restoreTakePage(needs, panel, state),
    dispose: () => {
      pages.dispose();
      jobLogs.dispose();
    },
  };
}
