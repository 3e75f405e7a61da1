import path from 'node:path';
import * as vscode from 'vscode';
import { unknownTerm } from '../../core/domain/filmQuery.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { FilmNode } from '../../providers/trees/nodes.ts';
import { chooseShot } from './choosePlace.ts';
import { beatsMeant } from './beatChoice.ts';
import { openBeat } from './beatFile.ts';
import { clickedOn, isBeside, type PartNeeds } from './parts.ts';
import { command, type Command } from './command.ts';
import { revealFile } from './revealFile.ts';

/** Finding one's way: from the tree to the files and back. */
export function placeCommands(needs: PartNeeds): readonly Command[] {
  const { t, tree } = needs;
  return [
    command(needs, 'auteur.shot.go', async () => {
      const { root, address } = await chooseShot(needs, t('Go to Shot'));
      await tree.show();
      await tree.reveal(root, address);
    }),
    command(needs, 'auteur.part.copyAddress', async (part, selected) => {
      const places = clickedOn(needs, part, selected).filter((place) => !isBeside(place));
      const text = places.map(({ address, root }) => address ?? path.basename(root)).join('\n');
      await vscode.env.clipboard.writeText(text);
    }),
    command(needs, 'auteur.part.reveal', async (part) => {
      const node = await find(needs, part);
      if (node !== undefined) await reveal(await folderOf(needs, node));
    }),
    command(needs, 'auteur.part.openFile', async (part) => {
      const [beat] = beatsMeant(needs, part, undefined);
      if (beat !== undefined) {
        await openBeat(needs, beat);
        return;
      }
      const node = await find(needs, part);
      if (node !== undefined) await openFile(needs, node);
    }),
    command(needs, 'auteur.projects.filter', (typed) => filter(needs, typed)),
    command(needs, 'auteur.projects.clearFilter', () => tree.filter('')),
  ];
}

/** Menus hand over a node; keys and the palette mean the selection. */
async function find({ tree }: PartNeeds, part: PlaceRef | undefined): Promise<FilmNode | undefined> {
  return part === undefined ? tree.selected : tree.find(part.root, part.address);
}

async function folderOf({ studio }: PartNeeds, node: FilmNode): Promise<string> {
  if (node.kind === 'take') return node.view.path;
  if (node.kind === 'shot') return path.join(node.root, node.view.shot.folder);
  if (node.kind !== 'scene') return node.root;
  const [shot] = await studio.shots(node.root, node.view.id);
  return shot === undefined ? node.root : path.join(node.root, path.dirname(shot.shot.folder));
}

/** A folder that has no take yet is not there: the nearest one above it is. */
async function reveal(wanted: string): Promise<void> {
  for (let folder = wanted; ; folder = path.dirname(folder)) {
    const uri = vscode.Uri.file(folder);
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!isThere && path.dirname(folder) !== folder) continue;
    await revealFile(uri);
    return;
  }
}

/** Shots are in the shot list of their scene; everything above is in the manifest. */
async function openFile({ studio }: PartNeeds, node: FilmNode): Promise<void> {
  const address = 'address' in node ? node.address : '';
  const isInList = node.kind !== 'project' && node.kind !== 'chapter';
  const shots = isInList ? await studio.search(node.root, address) : [];
  const found = shots.find((shot) => `${shot.address}/`.startsWith(`${address}/`));
  const line = node.kind === 'scene' ? 0 : (found?.line ?? 0);
  const selection = new vscode.Range(line, 0, line, 0);
  const file = path.join(node.root, found?.path ?? 'project.json');
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}

async function filter({ t, tree }: PartNeeds, wanted: string | undefined): Promise<void> {
  // A button above the tree may hand over something of its own.
  const typed = typeof wanted === 'string' ? wanted : await askForFilter({ t, tree });
  if (typed !== undefined) await tree.filter(typed);
}

function askForFilter({ t, tree }: Pick<PartNeeds, 't' | 'tree'>): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: t('Filter Projects'),
    prompt: t(
      'Words of a shot or scene, or the title of a chapter; also character:Ada, location:Kitchen, status:approved, rejected, unrated or none, is:stale, waiting, running or failed',
    ),
    placeHolder: 'character:Ada status:approved',
    value: tree.filtered,
    validateInput: (typed) => {
      const unknown = unknownTerm(typed);
      if (unknown === undefined) return undefined;
      const { key, known } = unknown;
      return t('Behind "{key}:" stands one of {known}; in quotation marks it is a word to look for.', {
        key,
        known: known.join(', '),
      });
    },
    ignoreFocusOut: true,
  });
}
