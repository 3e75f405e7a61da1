import * as vscode from 'vscode';
import type { PipelineView } from '../../core/protocol/pipelineViews.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Services } from '../services.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import { chooseProject } from './choosePlace.ts';
import { command, requireTrust, type Command } from './command.ts';

type Needs = Services & { readonly tree: ProjectsView };

/** What files of a workspace may run on this machine. */
export function pipelineCommands(services: Needs): readonly Command[] {
  return [
    command(services, 'auteur.pipeline.allow', async (pipeline) => {
      requireTrust();
      const { place, id } = pipeline ?? (await choosePipeline(services));
      await services.studio.allowPipeline(place, id);
    }),
  ];
}

/** Of those that wait for the user's word. */
async function choosePipeline(services: Needs): Promise<{ place: string; id: string }> {
  const { studio, t } = services;
  const { root: place } = await chooseProject(services, t('Allow Pipeline of This Workspace'));
  const { pipelines } = await studio.pipelines(place);
  const held = pipelines.filter(({ obstacle }) => obstacle?.code === 'pipeline-not-allowed');
  if (held.length === 0) {
    void vscode.window.showInformationMessage(t('No pipeline of this workspace waits for your word.'));
    throw new vscode.CancellationError();
  }
  const items = held.map((view) => ({ ...line(view), id: view.id }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t('Choose a pipeline') });
  if (chosen === undefined) throw new vscode.CancellationError();
  return { place, id: chosen.id };
}

function line({ id, name, runs = '' }: PipelineView): vscode.QuickPickItem {
  return { label: plainLabel(id), description: plainLabel(name ?? ''), detail: plainLabel(runs) };
}
