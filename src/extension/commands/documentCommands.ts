import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { DocumentKind } from '../../core/model/documentKind.ts';
import type { DocumentRef, PlaceRef } from '../../providers/contributions.ts';
import { plainLabel, plainMessage } from '../../providers/plainText.ts';
import { documentKindName } from '../../providers/trees/documentItem.ts';
import { chooseProject } from './choosePlace.ts';
import { confirmDelete } from './confirmDelete.ts';
import { namedQuestion } from './deleteQuestion.ts';
import { isDocument, type PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';
import { checkTitle } from './shotLine.ts';
import { askText, back } from './steps.ts';

/** Making, opening, updating, renaming and deleting creative documents. */
export function documentCommands(needs: PartNeeds): readonly Command[] {
  const { t } = needs;
  const make = (kind: DocumentKind, title: string) => (place?: PlaceRef) =>
    newDocument(needs, { kind, title }, place);
  return [
    command(needs, 'auteur.document.newTreatment', make('treatment', t('New Treatment'))),
    command(needs, 'auteur.document.newScreenplay', make('screenplay', t('New Screenplay'))),
    command(needs, 'auteur.document.newBeatSheet', make('beat-sheet', t('New Beat Sheet'))),
    command(needs, 'auteur.document.newShotList', make('shot-list', t('New Shot List'))),
    command(needs, 'auteur.document.open', async ({ root, path: file }) => {
      // As in the Explorer: F2 and Delete still mean the line that was clicked.
      const options = { preview: true, preserveFocus: true };
      await vscode.commands.executeCommand('vscode.open', uriOf(root, file), options);
    }),
    command(needs, 'auteur.document.update', (document) => update(needs, document)),
    command(needs, 'auteur.document.rename', async (document) => {
      requireTrust();
      await renameDocument(needs, document ?? (await chooseDocument(needs, t('Rename Document'))));
    }),
    command(needs, 'auteur.document.delete', async (document, selected) => {
      requireTrust();
      const clicked = document !== undefined && selected?.includes(document) === true ? selected : undefined;
      const meant = clicked?.filter(isDocument);
      await deleteDocuments(
        needs,
        meant ?? [document ?? (await chooseDocument(needs, t('Delete Document')))],
      );
    }),
  ];
}

function uriOf(root: string, file: string): vscode.Uri {
  return vscode.Uri.file(path.join(root, file));
}

/** A shot list that is asked for at a scene is of that scene. */
async function newDocument(
  needs: PartNeeds,
  { kind, title }: { kind: DocumentKind; title: string },
  place?: PlaceRef,
): Promise<void> {
  requireTrust();
  const { root, address } = place ?? (await chooseProject(needs, title));
  const ofScene = kind === 'shot-list' && address?.split('/').length === 2 ? { scene: address } : {};
  const { nodes } = await needs.studio.edit(root, { kind: 'newDocument', document: kind, ...ofScene });
  const [made] = nodes;
  if (made !== undefined) await show(root, made.address);
}

async function show(root: string, file: string): Promise<void> {
  await vscode.window.showTextDocument(uriOf(root, file), { preview: false });
}

async function update(needs: PartNeeds, named?: DocumentRef): Promise<void> {
  requireTrust();
  const { t, studio } = needs;
  const document = named ?? (await chooseDocument(needs, t('Update Document'), ({ updates }) => updates));
  const { nodes } = await studio.edit(document.root, { kind: 'updateDocument', path: document.path });
  const [made] = nodes;
  if (made === undefined) return;
  await show(document.root, made.address);
  if (made.address === document.path) return;
  const words = t(
    'The part that is made from the film was not found in {old}, so {made} was made beside it.',
    {
      old: legible(path.basename(document.path)),
      made: legible(path.basename(made.address)),
    },
  );
  void vscode.window.showInformationMessage(plainMessage(words));
}

/** F2 in the tree means this where a document is selected. */
export async function renameDocument({ t, studio }: PartNeeds, document: DocumentRef): Promise<void> {
  const { name } = path.parse(document.path);
  const title = await askText({
    title: t('Rename Document'),
    step: 1,
    totalSteps: 1,
    prompt: t('The name of its file'),
    placeholder: t('Second draft'),
    value: name,
    check: (value) => checkTitle(t, value),
  });
  if (title === back) throw new vscode.CancellationError();
  // What is typed goes with the file: saved later, it would bring back the one of the old name.
  await documentOf(document)?.save();
  const { nodes } = await studio.edit(document.root, {
    kind: 'renameDocument',
    path: document.path,
    title: title.trim(),
  });
  const [made] = nodes;
  if (made === undefined || made.address === document.path) return;
  if (await closeTabs(document)) await show(document.root, made.address);
}

function documentOf({ root, path: file }: DocumentRef): vscode.TextDocument | undefined {
  const uri = uriOf(root, file).toString();
  return vscode.workspace.textDocuments.find((one) => one.isDirty && one.uri.toString() === uri);
}

/** @returns whether it was open; what is typed and not saved stays open, so that it is not lost */
async function closeTabs({ root, path: file }: DocumentRef): Promise<boolean> {
  const uri = uriOf(root, file).toString();
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri);
  await vscode.window.tabGroups.close(tabs.filter(({ isDirty }) => !isDirty));
  return tabs.length > 0;
}

export async function deleteDocuments(
  { t, studio }: PartNeeds,
  documents: readonly DocumentRef[],
): Promise<void> {
  const names = documents.map((document) => legible(path.basename(document.path)));
  const [name] = names;
  if (name === undefined) return;
  const question =
    names.length === 1
      ? t('Delete {name}?', { name })
      : t('Delete {count} documents?', { count: names.length });
  if (!(await confirmDelete(t, namedQuestion(t, question, names)))) return;
  for (const document of documents) {
    await studio.edit(document.root, { kind: 'deleteDocument', path: document.path });
    await closeTabs(document);
  }
}

async function chooseDocument(
  needs: PartNeeds,
  title: string,
  fits: (document: { readonly updates: boolean }) => boolean = () => true,
): Promise<DocumentRef> {
  const { t, studio } = needs;
  const { root } = await chooseProject(needs, title);
  const items = (await studio.documents(root)).filter(fits).map(({ name, kind, path: file }) => ({
    label: plainLabel(legible(name)),
    description: documentKindName(t, kind),
    root,
    path: file,
  }));
  const placeHolder = items.length === 0 ? t('The film has no such document yet.') : t('Choose a document');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}
