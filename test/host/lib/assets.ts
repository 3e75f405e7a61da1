import { rename, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AssetView } from '../../../src/core/protocol/assetViews.ts';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import type { AssetNode } from '../../../src/providers/assets/assetNodes.ts';
import { eventually } from './eventually.ts';
import type { Film } from './film.ts';
import { auteur } from './programs.ts';

export const adaText = '01_Assets/Characters/Ada/asset.json';

/** What was drawn anew in the Assets view. */
export type DrawnAssets = readonly AssetNode[] | undefined;

export function followAssets(api: AuteurApi, listener: (nodes: DrawnAssets) => void): vscode.Disposable {
  return api.onDidChangeAssets((nodes) => {
    listener(nodes as DrawnAssets);
  });
}

export function assetsIn(nodes: DrawnAssets): readonly AssetView[] {
  return (nodes ?? []).flatMap((node) => (node.kind === 'asset' ? [node.view] : []));
}

/** Exchanges the text of an asset for one with another description, as an editor does that writes beside it first. */
export async function describeAsset(film: Film, path: string, description: string): Promise<void> {
  const file = join(film.root, path);
  const text = await readFile(file, 'utf8');
  await writeFile(`${file}.tmp`, text.replace(/"description": "[^"]*"/, `"description": "${description}"`));
  await rename(`${file}.tmp`, file);
}

/** Gives the film a character Ada, and waits until the Assets view draws what is changed of her. */
export async function ada(api: AuteurApi, film: Film): Promise<void> {
  await vscode.commands.executeCommand('auteur.assets.focus');
  await auteur(film.root, 'asset', 'add', 'character', 'Ada', '--description', 'Tall');
  let isDrawn = false;
  const listener = followAssets(api, (nodes) => {
    isDrawn ||= assetsIn(nodes).some(({ name }) => name === 'Ada');
  });
  let attempt = 0;
  await eventually('Ada is in the tree', async () => {
    await describeAsset(film, adaText, `Tall, look ${attempt++}`);
    return isDrawn || undefined;
  });
  listener.dispose();
}
