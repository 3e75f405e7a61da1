import type * as vscode from 'vscode';
import type { Disposable } from '../core/events.ts';
import { registerFilmState } from '../providers/filmState.ts';
import { registerShotSymbols } from '../providers/shotSymbols.ts';
import { registerTakeIndexing } from '../providers/takeIndexing.ts';
import { registerProblems } from '../providers/problems/registerProblems.ts';
import { registerProjectTree, type ProjectsView } from '../providers/trees/registerProjectTree.ts';
import { registerProgressView } from '../providers/views/progressView.ts';
import { registerAssetTree, type AssetsView } from '../providers/assets/registerAssetTree.ts';
import { registerAssetCommands } from './commands/assetCommands.ts';
import { importAssets } from './commands/importAssets.ts';
import { registerAddCommands } from './commands/addCommands.ts';
import { registerDocumentCommands } from './commands/documentCommands.ts';
import { registerEditCommands } from './commands/editCommands.ts';
import { registerGitCommands } from './commands/gitCommands.ts';
import { registerJobCommands } from './commands/jobCommands.ts';
import { registerPartCommands } from './commands/partCommands.ts';
import { registerPlaceCommands } from './commands/placeCommands.ts';
import { registerProjectCommands } from './commands/projectCommands.ts';
import { tell } from './commands/registerCommand.ts';
import { registerReviewCommands } from './commands/reviewCommands.ts';
import { registerSetupCommands } from './commands/setupCommands.ts';
import { registerShotCommands } from './commands/shotCommands.ts';
import { registerStructureCommands } from './commands/structureCommands.ts';
import { registerTakeCommands } from './commands/takeCommands.ts';
import { registerWalkthroughCommands } from './commands/walkthroughCommands.ts';
import { registerWholeFilmCommands } from './commands/wholeFilmCommands.ts';
import { followGit } from './followGit.ts';
import { followStudio } from './followStudio.ts';
import { followTexts } from './followTexts.ts';
import { registerLfsHealth } from './lfsHealth.ts';
import { createServices, type Services } from './services.ts';
import { registerTerminalCommand } from './terminal/terminalCommand.ts';

let running: Services | undefined;

/** What other extensions, and the tests, may follow. */
export interface AuteurApi {
  /** The Projects view has something new to draw. */
  readonly onDidChangeProjects: vscode.Event<unknown>;
}

export function activate(context: vscode.ExtensionContext): AuteurApi {
  const services = createServices(context);
  running = services;
  const log = (line: string): void => {
    services.log.warn(line);
  };
  const { tree, assets, progress } = registerViews(services, log);
  context.subscriptions.push(
    services,
    tree,
    assets,
    progress,
    ...registerAssetCommands({ ...services, tree, assets }),
    ...registerProjectCommands({ ...services, tree }),
    ...registerAddCommands({ ...services, tree }),
    ...registerShotCommands({ ...services, tree }),
    ...registerPartCommands({ ...services, tree }),
    ...registerDocumentCommands({ ...services, tree }),
    ...registerStructureCommands({ ...services, tree }),
    ...registerPlaceCommands({ ...services, tree }),
    ...registerTakeCommands({ ...services, tree }),
    ...registerReviewCommands({ ...services, tree }),
    ...registerEditCommands({ ...services, tree, assets }),
    ...registerGitCommands({ ...services, tree }),
    ...registerWholeFilmCommands({ ...services, tree }),
    followGit({ ...services, onHint: tree.onHint }),
    registerLfsHealth({ ...services, memory: context.globalState }),
    ...registerWalkthroughCommands(services),
    registerShotSymbols({ ...services, log }),
    registerTakeIndexing({ ...services, log }),
    registerFilmState({ ...services, onHint: tree.onHint, log }),
    registerProblems({ ...services, onHint: tree.onHint, log }),
    ...registerJobCommands(services),
    ...registerSetupCommands(services),
    registerTerminalCommand(context, services),
    followTexts({ ...services, tree }),
    followStudio(services),
  );
  return { onDidChangeProjects: tree.onDraw };
}

interface Views {
  readonly tree: ProjectsView;
  readonly assets: AssetsView;
  readonly progress: Disposable;
}

function registerViews(services: Services, log: (line: string) => void): Views {
  const tree = registerProjectTree({
    ...services,
    failed: (error) => {
      tell(services, 'auteur.projects', error);
    },
  });
  const assets = registerAssetTree({
    ...services,
    onHint: tree.onHint,
    log,
    importFiles: (root, sources, target) => importAssets(services, { root, sources, target }),
    failed: (error) => {
      tell(services, 'auteur.assets', error);
    },
  });
  const progress = registerProgressView({
    ...services,
    seen: () => {
      services.status.seen();
    },
    log,
  });
  return { tree, assets, progress };
}

export async function deactivate(): Promise<void> {
  await running?.studio.close();
}
