import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainLabel, plainMessage } from '../../providers/plainText.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import { workspaceFolder } from '../filmPlaces.ts';
import type { Services } from '../services.ts';
import { askNewProject } from './newProject.ts';
import { command, requireTrust, type Command } from './command.ts';
import { tellBroken } from './structureCommands.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function projectCommands(needs: Needs): readonly Command[] {
  return [
    command(needs, 'auteur.project.create', () => createProject(needs)),
    command(needs, 'auteur.project.open', (project) => openProject(needs, project)),
    command(needs, 'auteur.projects.refresh', async () => {
      await needs.tree.refresh();
      await needs.jobs.refresh();
    }),
  ];
}

async function createProject(needs: Needs): Promise<void> {
  const { t, studio, projects, tree } = needs;
  requireTrust();
  const workspace = await workspaceFolder();
  const there = projects.current.filter(
    ({ root }) => path.dirname(path.dirname(root)) === path.normalize(workspace),
  );
  const request = await askNewProject(t, { workspace, taken: there }, async (folder) => {
    const list = await studio.structures(folder);
    tellBroken(needs, list);
    return list;
  });
  const title = plainMessage(t('Making "{name}"…', { name: legible(request.name) }));
  const progress = { location: vscode.ProgressLocation.Notification, title };
  const project = await vscode.window.withProgress(progress, () => studio.createProject(request));
  await projects.refresh();
  await tree.show();
  await askWhereToOpen({ t }, project);
}

async function askWhereToOpen({ t }: Pick<Services, 't'>, { name, root }: ProjectSummary): Promise<void> {
  const here = t('Open Here');
  const newWindow = t('Open in New Window');
  const add = t('Add to This Window');
  const question = plainMessage(t('"{name}" is ready. Do you want to open it?', { name: legible(name) }));
  const chosen = await vscode.window.showInformationMessage(question, here, newWindow, add);
  const folder = vscode.Uri.file(root);
  if (chosen === here) await openFolder(folder, false);
  if (chosen === newWindow) await openFolder(folder, true);
  if (chosen === add) addFolder(folder);
}

async function openFolder(folder: vscode.Uri, forceNewWindow: boolean): Promise<void> {
  const options = forceNewWindow ? { forceNewWindow } : { forceReuseWindow: true };
  await vscode.commands.executeCommand('vscode.openFolder', folder, options);
}

function addFolder(uri: vscode.Uri): void {
  vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, { uri });
}

async function openProject({ t, projects }: Needs, project?: PlaceRef): Promise<void> {
  const root = project?.root ?? (await pickProject(t, await projects.list()));
  const here = { label: t('Open Here'), newWindow: false };
  const newWindow = { label: t('Open in New Window'), newWindow: true };
  const chosen = await vscode.window.showQuickPick([here, newWindow], {
    title: t('Open Project'),
    placeHolder: legible(root),
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  await openFolder(vscode.Uri.file(root), chosen.newWindow);
}

async function pickProject(t: Services['t'], projects: readonly ProjectSummary[]): Promise<string> {
  const items = projects.map(({ name, root }) => ({
    label: plainLabel(legible(name)),
    description: plainLabel(legible(root)),
    root,
  }));
  const placeHolder =
    items.length === 0 ? t('There is no project yet: make one with "New Project".') : t('Choose a project');
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Open Project'),
    placeHolder,
    matchOnDescription: true,
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.root;
}
