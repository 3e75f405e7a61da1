import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { expandHome, findWorkspace, isProjectFolder } from '../core/storage/locate.ts';
import { realRoot } from '../core/storage/projectPath.ts';
import type { Settings } from '../providers/settings.ts';
import type { FilmPlaces } from '../providers/projectIndex.ts';

export const workspacePath = 'auteur.workspace.path' satisfies keyof Settings;

/** The workspace that the setting names, made absolute. */
export function configuredWorkspace(): string | undefined {
  const configuration = vscode.workspace.getConfiguration();
  const set = configuration.get<Settings[typeof workspacePath]>(workspacePath, '').trim();
  return set === '' ? undefined : expandHome(set);
}

function openFolders(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/** The folder new projects are made in: the setting, else `AUTEUR_WORKSPACE`, else the nearest, else the home one. */
export async function workspaceFolder(): Promise<string> {
  const set = configuredWorkspace();
  if (set !== undefined) return set;
  const home = await findWorkspace(path.parse(process.cwd()).root, process.env);
  for (const folder of openFolders()) {
    const nearest = await findWorkspace(folder, process.env);
    if (nearest !== home) return nearest;
  }
  return home;
}

/** Where this window looks for films: the workspace, and what is open in the editor. */
export async function filmPlaces(): Promise<FilmPlaces> {
  const folders = openFolders();
  const projects = await Promise.all(
    folders.map(async (folder) =>
      // Jobs name a project by the one path it has, whatever link leads to it.
      (await isProjectFolder(folder)) ? [await realRoot(folder)] : [],
    ),
  );
  const holding = await Promise.all(
    folders.map(async (folder) => ((await holdsProjects(folder)) ? [folder] : [])),
  );
  return {
    workspaces: [...new Set([await workspaceFolder(), ...holding.flat()])],
    projects: projects.flat(),
  };
}

async function holdsProjects(folder: string): Promise<boolean> {
  try {
    return (await stat(path.join(folder, 'Projects'))).isDirectory();
  } catch {
    // Whatever keeps us from looking, there is nothing to show.
    return false;
  }
}
