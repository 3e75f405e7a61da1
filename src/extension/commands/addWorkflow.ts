import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import { socketsOf, workflowInputNames, type WorkflowInputName } from '../../core/model/comfyuiDefinition.ts';
import type { WorkflowPipeline, WorkflowWish } from '../../core/protocol/workflowPipeline.ts';
import { errorText } from '../../providers/errorText.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { chooseProject } from './choosePlace.ts';
import { requireTrust } from './command.ts';

type Needs = Services & { readonly tree: ProjectsView };

/** What may be changed before it is written. */
type Answer = 'add' | 'server' | 'id';

/** Makes a pipeline of a workflow of ComfyUI, once the user has seen where the values of a job would go in it. */
export async function addWorkflow(needs: Needs, given?: string): Promise<void> {
  requireTrust();
  const { studio, t } = needs;
  const title = t('Add Workflow as Pipeline');
  const workflow = given ?? (await chooseFile(needs, title));
  const { root } = await chooseProject(needs, title);
  let wish: WorkflowWish = { workflow };
  for (;;) {
    let proposed: WorkflowPipeline;
    [wish, proposed] = await propose(needs, root, wish);
    const answer = await review(needs, title, proposed);
    if (answer === 'add') break;
    wish = (await changed(needs, { ...wish, id: proposed.id, server: proposed.server }, answer)) ?? wish;
  }
  const { file } = await studio.addWorkflow(root, wish);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}

/** Until the name is free and the server is one. */
async function propose(
  needs: Needs,
  root: string,
  asked: WorkflowWish,
): Promise<[WorkflowWish, WorkflowPipeline]> {
  for (let wish = asked; ;) {
    try {
      return [wish, await needs.studio.proposeWorkflow(root, wish)];
    } catch (error) {
      if (!AuteurError.is(error)) throw error;
      const wrong = mendable(error);
      if (wrong === undefined) throw error;
      const id = wish.id ?? nameOf(wish.workflow);
      const mended = await changed(needs, { ...wish, id }, wrong, errorText(needs.t, error));
      if (mended === undefined) throw new vscode.CancellationError();
      wish = mended;
    }
  }
}

/** As its pipeline would be called, with something to tell it from the one that is called so. */
function nameOf(workflow: string): string {
  return `${path
    .basename(workflow)
    .replace(/(\.workflow)?\.json$/i, '')
    .toLowerCase()}-2`;
}

/** What of a wish another value helps. */
function mendable({ code, data }: AuteurError): 'server' | 'id' | undefined {
  if (code === 'file-exists' || code === 'pipeline-repeated') return 'id';
  if (code !== 'value-invalid') return undefined;
  return data['name'] === 'server' ? 'server' : 'id';
}

async function chooseFile({ t }: Needs, title: string): Promise<string> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: t('Choose Workflow'),
      filters: { [t('Workflow in API format')]: ['json'] },
    })) ?? [];
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.fsPath;
}

interface Row extends vscode.QuickPickItem {
  readonly answer?: Answer;
}

/** The mapping as a list; what is not a choice is there to be read. */
async function review(needs: Needs, title: string, proposed: WorkflowPipeline): Promise<Answer> {
  const { t } = needs;
  const { id, server, file } = proposed;
  const rows: readonly Row[] = [
    { answer: 'add', label: `$(add) ${t('Add This Pipeline')}`, detail: plainLabel(legible(file)) },
    { answer: 'id', label: `$(edit) ${t('Name')}`, description: plainLabel(id) },
    { answer: 'server', label: `$(edit) ${t('Server')}`, description: plainLabel(server) },
    { label: t('Where the values of a take go'), kind: vscode.QuickPickItemKind.Separator },
    ...mappingRows(needs, proposed),
  ];
  for (;;) {
    const options = {
      title,
      placeHolder: t('Choose what to do; nothing is written yet'),
      matchOnDescription: true,
      // Whoever looks a node up in ComfyUI comes back to it.
      ignoreFocusOut: true,
    };
    const chosen = await vscode.window.showQuickPick(rows, options);
    if (chosen === undefined) throw new vscode.CancellationError();
    if (chosen.answer !== undefined) return chosen.answer;
  }
}

function mappingRows({ t }: Needs, { inputs, output, missing, notes }: WorkflowPipeline): readonly Row[] {
  const found = workflowInputNames.flatMap((name) => {
    const places = socketsOf(inputs, name).map(({ node, input }) =>
      t('{input} of node {node}', { input, node }),
    );
    if (places.length === 0) return [];
    return [{ label: `$(check) ${inputName(t, name)}`, description: plainLabel(legible(places.join(', '))) }];
  });
  return [
    ...found,
    ...(output === undefined
      ? []
      : [{ label: `$(check) ${t('The take')}`, description: t('what node {node} saves', { node: output }) }]),
    ...missing.map((name) => ({
      label: `$(circle-slash) ${inputName(t, name)}`,
      description: t('not found; name its node in the file if there is one'),
    })),
    ...notes.map((note) => ({ label: `$(warning) ${t('Look at it')}`, detail: plainLabel(legible(note)) })),
  ];
}

function inputName(t: Needs['t'], name: WorkflowInputName): string {
  const names: Readonly<Record<WorkflowInputName, string>> = {
    prompt: t('Prompt'),
    negative: t('Negative prompt'),
    seed: t('Seed'),
    width: t('Width'),
    height: t('Height'),
    steps: t('Steps'),
    reference: t('Reference picture'),
    filename: t('File name'),
  };
  return names[name];
}

/** Checked by the next proposal. Undefined where the user leaves it. */
async function changed(
  { t }: Needs,
  wish: WorkflowWish,
  what: 'server' | 'id',
  wrong = '',
): Promise<WorkflowWish | undefined> {
  const question =
    what === 'server'
      ? t('Where does ComfyUI answer?')
      : t('What is it asked for by? Small letters, digits and . _ : -');
  const value = await vscode.window.showInputBox({
    title: plainLabel(legible(path.basename(wish.workflow))),
    prompt: `${wrong} ${question}`.trim(),
    value: wish[what] ?? '',
    ignoreFocusOut: true,
  });
  return value === undefined ? undefined : { ...wish, [what]: value.trim() };
}
