import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { ScenePlacing } from '../../core/model/narrativeTemplate.ts';
import type { StructureList } from '../../core/protocol/structureView.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { chooseProject } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { structureChoices } from './projectChoices.ts';
import { command, requireTrust, type Command } from './command.ts';
import { askChoice, back } from './steps.ts';
import { structureWords } from './structureWords.ts';

export function structureCommands(needs: PartNeeds): readonly Command[] {
  return [command(needs, 'auteur.project.changeStructure', (project) => changeStructure(needs, project))];
}

async function changeStructure(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t, studio } = needs;
  const title = t('Change Narrative Structure');
  const { root } = project ?? (await chooseProject(needs, title));
  const { project: film } = await studio.film(root);
  const list = await studio.structures(root);
  tellBroken(needs, list);
  const structure = await askChoice({
    title,
    step: 1,
    totalSteps: 1,
    placeholder: t('How is the story told? You will see what changes before it does.'),
    choices: structureChoices(t, list),
    ...(film.structure === undefined ? {} : { chosen: film.structure }),
  });
  if (structure === back) throw new vscode.CancellationError();
  const scenes = await askScenes(needs, root, structure);
  const preview = await studio.previewStructure(root, structure, scenes);
  const yes = t('Change Structure');
  const question = plainMessage(t('Change the structure to "{name}"?', { name: legible(preview.to.name) }));
  const detail = structureWords(t, preview);
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (answer === yes) await studio.edit(root, { kind: 'structure', structure, scenes });
}

/** Asked only where it makes a difference. */
async function askScenes({ t, studio }: PartNeeds, root: string, structure: string): Promise<ScenePlacing> {
  const { moved } = await studio.previewStructure(root, structure, 'place');
  if (moved.length === 0) return 'stay';
  const answer = await askChoice<ScenePlacing>({
    title: t('Change Narrative Structure'),
    step: 1,
    totalSteps: 1,
    placeholder: t('What becomes of the scenes in chapters of the old structure?'),
    choices: [
      {
        label: t('Keep the chapters that have scenes'),
        detail: t('The new chapters are put between them, where their part of the film begins.'),
        value: 'stay',
      },
      {
        label: t('Place the scenes in the new chapters'),
        detail: t('By their place in the film. Chapters that you edited stay with their scenes.'),
        value: 'place',
      },
    ],
  });
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

/** Files of the library that cannot be used are named; they hide no other. */
export function tellBroken({ t, log }: Pick<PartNeeds, 't' | 'log'>, { problems }: StructureList): void {
  const [first] = problems;
  if (first === undefined) return;
  for (const { file, problem } of problems) log.warn(`${file}: ${problem.message}`);
  const words =
    problems.length === 1
      ? t('A narrative template was left out: {reason}', { reason: legible(first.problem.message) })
      : t('{count} narrative templates were left out, for one: {reason}', {
          count: problems.length,
          reason: legible(first.problem.message),
        });
  const showLog = t('Show Log');
  void vscode.window.showWarningMessage(plainMessage(words), showLog).then((chosen) => {
    if (chosen === showLog) log.show();
  });
}
