import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { archiveName } from '../../core/storage/archive/archiveName.ts';
import { workspaceOf } from '../../core/storage/locate.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { workspaceFolder } from '../filmPlaces.ts';
import { withWork } from '../withWork.ts';
import { chooseProject } from './choosePlace.ts';
import { deleteFilm } from './deleteFilm.ts';
import type { PartNeeds } from './parts.ts';
import { editSettings } from './projectSettings.ts';
import { command, requireTrust, type Command } from './command.ts';
import { revealFile } from './revealFile.ts';
import { checkTitle } from './shotLine.ts';
import { ask } from './steps.ts';

/** What can be done with a film as a whole. */
export function wholeFilmCommands(needs: PartNeeds): readonly Command[] {
  const { t } = needs;
  return [
    command(needs, 'auteur.project.delete', async (project, typed) => {
      requireTrust();
      const { root } = project ?? (await chooseProject(needs, t('Delete Project')));
      // A menu hands over the selection in this place.
      await deleteFilm(needs, root, typeof typed === 'string' ? typed : undefined);
    }),
    command(needs, 'auteur.project.duplicate', (project) => duplicate(needs, project)),
    command(needs, 'auteur.project.pack', (project) => pack(needs, project)),
    command(needs, 'auteur.project.unpack', () => unpack(needs)),
    command(needs, 'auteur.project.settings', async (project) => {
      requireTrust();
      const { root } = project ?? (await chooseProject(needs, t('Project Settings')));
      await editSettings(needs, root);
    }),
    command(needs, 'auteur.project.exportFrames', (project) => exportFrames(needs, project)),
    command(needs, 'auteur.project.exportCsv', (project) => exportCsv(needs, project)),
  ];
}

async function duplicate(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t, studio } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Duplicate Project')));
  const { name: before } = (await studio.film(root)).project;
  const name = await ask({
    title: t('Duplicate Project'),
    prompt: t('Name of the new film. It has ids and a history of its own.'),
    placeholder: '',
    value: t('{name}, second version', { name: before }),
    check: (value) => checkTitle(t, value),
  });
  const takes = await askForTakes(needs);
  const title = t('Duplicating "{name}"…', { name: legible(before) });
  const made = await withWork(needs, title, { kind: 'duplicate', root, name, takes });
  await showMade(needs, made.project);
}

async function askForTakes({ t }: PartNeeds): Promise<boolean> {
  const choices = [
    { label: t('Text and assets'), takes: false },
    { label: t('Text, assets and takes'), takes: true },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: t('Duplicate Project') });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.takes;
}

async function showMade({ t, projects, tree }: PartNeeds, { name, root }: ProjectSummary): Promise<void> {
  await projects.refresh();
  await tree.show();
  const message = t('"{name}" is in {root}.', { name: legible(name), root: legible(root) });
  void vscode.window.showInformationMessage(plainMessage(message));
}

async function pack(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Pack Project')));
  const target = await vscode.window.showSaveDialog({
    title: t('Pack Project'),
    saveLabel: t('Pack'),
    defaultUri: vscode.Uri.file(path.join(workspaceOf(root), archiveName(root))),
    filters: { [t('Archive of a film')]: ['tar'] },
  });
  if (target === undefined) throw new vscode.CancellationError();
  const packed = await withWork(needs, t('Packing…'), { kind: 'pack', root, file: target.fsPath });
  await offerToReveal(needs, t('Packed into {path}.', { path: legible(packed.path) }), packed.path);
}

async function unpack(needs: PartNeeds): Promise<void> {
  requireTrust();
  const { t } = needs;
  const [archive] =
    (await vscode.window.showOpenDialog({
      title: t('Unpack Project'),
      openLabel: t('Unpack'),
      filters: { [t('Archive of a film')]: ['tar'] },
    })) ?? [];
  if (archive === undefined) throw new vscode.CancellationError();
  const request = { kind: 'unpack', file: archive.fsPath, workspace: await workspaceFolder() } as const;
  const made = await withWork(needs, t('Unpacking…'), request);
  await showMade(needs, made.project);
}

async function exportFrames(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Export Frames')));
  const {
    path: folder,
    frames,
    without,
  } = await withWork(needs, t('Exporting…'), { kind: 'exportFrames', root });
  const message = t('Frames exported: {frames}. Shots without a take: {without}.', {
    frames,
    without: without.length,
  });
  await offerToReveal(needs, message, folder);
}

async function exportCsv(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Export Shot List')));
  const { path: file, shots } = await withWork(needs, t('Exporting…'), { kind: 'exportCsv', root });
  await offerToReveal(needs, t('Shots in the table: {shots}.', { shots }), file);
}

/** Not awaited: the command has ended, whether or not its message is still on the screen. */
async function offerToReveal({ t }: PartNeeds, message: string, target: string): Promise<void> {
  const reveal = t('Reveal in File Manager');
  void vscode.window.showInformationMessage(plainMessage(message), reveal).then(async (chosen) => {
    if (chosen === reveal) await revealFile(vscode.Uri.file(target));
  });
}
