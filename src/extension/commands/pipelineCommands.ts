import * as vscode from 'vscode';
import { bytesText } from '../../core/domain/bytesText.ts';
import { qualityName } from '../../providers/trees/filmWords.ts';
import { failureText } from '../../providers/errorText.ts';
import { plainLabel } from '../../providers/plainText.ts';
import {
  awaitsWord,
  shownOf,
  type PipelineAt,
  type PipelineView,
} from '../../core/protocol/pipelineViews.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { addWorkflow } from './addWorkflow.ts';
import { chooseProject } from './choosePlace.ts';
import { command, requireTrust, type Command } from './command.ts';

type Needs = Services & { readonly tree: ProjectsView };

/** What takes can be made with, and what files of a workspace may run on this machine. */
export function pipelineCommands(services: Needs): readonly Command[] {
  return [
    command(services, 'auteur.pipeline.allow', async (pipeline, then) => {
      requireTrust();
      const { place, id, shown } = pipeline ?? (await chooseHeld(services));
      await services.studio.allowPipeline(place, id, shown);
      then?.();
    }),
    command(services, 'auteur.pipeline.addWorkflow', (workflow) => addWorkflow(services, workflow?.fsPath)),
    command(services, 'auteur.pipelines.show', (pipeline) => showPipelines(services, pipeline)),
  ];
}

interface PipelineItem extends vscode.QuickPickItem {
  readonly view: PipelineView;
}

/** Shows a pipeline where it is defined. */
async function showPipelines(services: Needs, named?: PipelineAt): Promise<void> {
  requireTrust();
  const found = named === undefined ? undefined : (await services.studio.pipelines(named.place)).pipelines;
  const chosen = found?.find(({ id }) => id === named?.id) ?? (await choosePipeline(services));
  if (chosen === undefined) return;
  const { file } = chosen;
  if (file === undefined)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'auteur.runner');
  else await vscode.window.showTextDocument(vscode.Uri.file(file));
}

/** From a list with what keeps each from running. */
async function choosePipeline(services: Needs): Promise<PipelineView | undefined> {
  const { studio, t } = services;
  const { root } = await chooseProject(services, t('Show Pipelines'));
  const { pipelines, problems } = await studio.pipelines(root);
  for (const { file, problem } of problems) services.log.warn(`${file}: ${problem.message}`);
  const chosen = await vscode.window.showQuickPick(
    pipelines.map((view) => item(services, view)),
    { title: t('Pipelines'), placeHolder: t('Choose one to see where it is defined'), matchOnDetail: true },
  );
  return chosen?.view;
}

function item({ t }: Needs, view: PipelineView): PipelineItem {
  const { id, name, qualities, vramGb, obstacle } = view;
  const needs = vramGb > 0 ? t('{size} GB of video memory', { size: vramGb }) : undefined;
  const used = qualities.map((quality) => qualityName(t, quality)).join(', ');
  const facts = [name, used, needs].filter((fact) => fact !== undefined && fact !== '');
  return {
    view,
    label: `$(${obstacle === undefined ? 'check' : 'circle-slash'}) ${plainLabel(id)}`,
    description: plainLabel(facts.join(' · ')),
    detail: plainLabel(detail({ t }, view)),
  };
}

/** What keeps it from running, else what it runs, and how large that is. */
function detail({ t }: Pick<Needs, 't'>, { obstacle, runs, image }: PipelineView): string {
  const what = obstacle === undefined ? runs : failureText(t, obstacle.code, obstacle.data);
  const size = image === undefined ? [] : [bytesText(image.bytes)];
  return [what ?? t('Part of Auteur'), ...size].join(' · ');
}

/** Of those that wait for the user's word. */
async function chooseHeld(services: Needs): Promise<PipelineAt> {
  const { studio, t } = services;
  const { root: place } = await chooseProject(services, t('Allow Pipeline'));
  const { pipelines } = await studio.pipelines(place);
  const held = pipelines.filter(({ obstacle }) => obstacle !== undefined && awaitsWord.has(obstacle.code));
  if (held.length === 0) {
    void vscode.window.showInformationMessage(t('No pipeline waits for your word.'));
    throw new vscode.CancellationError();
  }
  const items = held.map((view) => item(services, view));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t('Choose a pipeline') });
  if (chosen === undefined) throw new vscode.CancellationError();
  const { id, obstacle } = chosen.view;
  return { place, id, shown: obstacle && shownOf(obstacle.data) };
}
