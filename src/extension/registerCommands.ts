import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { commandIds } from '../providers/contributions.ts';
import { loadOnce } from '../providers/loadOnce.ts';
import { takePageType } from '../providers/views/takePageType.ts';
import type { CommandNeeds, Commands } from './commands/commands.ts';

/** Registers every command; what they do is loaded when the first of them is called. */
export function registerCommands(needs: () => CommandNeeds): Disposable & Pick<Commands, 'importFiles'> {
  const owned = new DisposableStore();
  const loaded = loadOnce(async () => {
    const { createCommands } = await import('./commands/commands.ts');
    return owned.add(createCommands(needs()));
  });
  for (const id of commandIds) {
    owned.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await loaded()).run(id, args)),
    );
  }
  owned.add(
    vscode.window.registerWebviewPanelSerializer(takePageType, {
      deserializeWebviewPanel: async (panel, state) => (await loaded()).restorePage(panel, state),
    }),
  );
  return {
    importFiles: async (root, sources, target) => (await loaded()).importFiles(root, sources, target),
    dispose: () => {
      owned.dispose();
    },
  };
}
