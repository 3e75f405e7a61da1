import path from 'node:path';
import type * as vscode from 'vscode';
import { previewFolder } from '../core/domain/previews.ts';
import type { Disposable } from '../core/events.ts';
import { registerFilmState, type FilmState } from '../providers/filmState.ts';
import { registerQueueKeys } from '../providers/queueKeys.ts';
import { registerShotSymbols } from '../providers/shotSymbols.ts';
import { registerTakeIndexing } from '../providers/takeIndexing.ts';
import { registerProblems } from '../providers/problems/registerProblems.ts';
import { registerTasks } from '../providers/tasks/registerTasks.ts';
import { registerProjectTree, type ProjectsView } from '../providers/trees/registerProjectTree.ts';
import type { GivenTree } from '../providers/trees/givenTree.ts';
import type { FilmNode } from '../providers/trees/nodes.ts';
import { registerProgressView } from '../providers/views/progressView.ts';
import {
  registerAssetTree,
  type AssetsView,
  type GivenAssets,
} from '../providers/assets/registerAssetTree.ts';
import { auteurHome } from '../runner/home.ts';
import { tell } from './commands/command.ts';
import { followGit } from './followGit.ts';
import { followStudio } from './followStudio.ts';
import { followTexts } from './followTexts.ts';
import { registerLfsHealth } from './lfsHealth.ts';
import { offerToFix } from './offerToFix.ts';
import { registerCommands } from './registerCommands.ts';
import { createServices, type Services } from './services.ts';
import { tellFailures } from './tellFailures.ts';
import { registerTerminalCommand } from './terminal/terminalCommand.ts';

let running: Services | undefined;

/** What other extensions, and the tests, may follow. */
export interface AuteurApi {
  /** The Projects view has something new to draw. */
  readonly onDidChangeProjects: vscode.Event<unknown>;
  /** What the Projects view is drawn with. */
  readonly projects: GivenTree<FilmNode>;
  /** The Assets view has. */
  readonly onDidChangeAssets: vscode.Event<unknown>;
  /** What the Assets view is drawn with. */
  readonly assets: GivenAssets;
  /** The Progress page was given something to draw. */
  readonly onDidChangeProgress: vscode.Event<unknown>;
}

export function activate(context: vscode.ExtensionContext): AuteurApi {
  const services = createServices(context);
  running = services;
  const log = (line: string): void => {
    services.log.warn(line);
  };
  const { tree, assets, state, progress, commands } = registerViews(services, log);
  context.subscriptions.push(
    services,
    tree,
    assets,
    state,
    progress,
    commands,
    offerToFix(services),
    followGit({ ...services, onHint: tree.onHint }),
    registerLfsHealth({ ...services, memory: context.globalState }),
    registerShotSymbols({ ...services, log }),
    registerTakeIndexing({ ...services, log }),
    registerQueueKeys(services),
    registerProblems({ ...services, onHint: tree.onHint, log }),
    registerTerminalCommand(context, services),
    registerTasks({ ...services, log }),
    followTexts({ ...services, tree }),
    followStudio(services),
    tellFailures({ ...services, isShown: progress.isVisible }),
  );
  return {
    onDidChangeProjects: tree.onDraw,
    projects: tree.given,
    onDidChangeAssets: assets.onDraw,
    assets: assets.given,
    onDidChangeProgress: progress.onDraw,
  };
}

interface Views {
  readonly tree: ProjectsView;
  readonly assets: AssetsView;
  readonly state: FilmState;
  readonly progress: ReturnType<typeof registerProgressView>;
  readonly commands: Disposable;
}

function registerViews(services: Services, log: (line: string) => void): Views {
  const tree = registerProjectTree({
    ...services,
    log,
    failed: (error) => {
      tell(services, 'auteur.projects', error);
    },
  });
  const state = registerFilmState({ ...services, onHint: tree.onHint, log });
  const commands = registerCommands(() => ({ ...services, tree, assets, state }));
  const assets = registerAssetTree({
    ...services,
    onHint: tree.onHint,
    log,
    importFiles: (root, sources, target) => commands.importFiles(root, sources, target),
    failed: (error) => {
      tell(services, 'auteur.assets', error);
    },
  });
  const progress = registerProgressView({
    ...services,
    previews: path.join(auteurHome(process.env), previewFolder),
    seen: () => {
      services.status.seen();
    },
    log,
  });
  return { tree, assets, state, progress, commands };
}

export async function deactivate(): Promise<void> {
  await running?.studio.close();
}
