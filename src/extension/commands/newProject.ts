import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { NewProject } from '../../core/ports/studio.ts';
import { expandHome } from '../../core/storage/locate.ts';
import type { StructureList } from '../../core/protocol/structureView.ts';
import { plainMessage } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import { checkName, checkWorkspace, tildify, type ProjectPlace } from './newProjectChecks.ts';
import { qualityChoices, structureChoices } from './projectChoices.ts';
import { askChoice, askText, back, type Answered } from './steps.ts';

type Answers = { -readonly [K in keyof NewProject]: NewProject[K] };
type Ask = (answers: Answers) => Promise<Answered<undefined>>;

const totalSteps = 4;

/** Asks what a new project needs, one question after the other, with a way back. */
export async function askNewProject(
  t: Translate,
  place: ProjectPlace,
  structures: (workspace: string) => Promise<StructureList>,
): Promise<NewProject> {
  const answers: Answers = {
    name: '',
    workspace: place.workspace,
    quality: 'standard',
    structure: 'three-act',
  };
  const questions: readonly Ask[] = [
    askName(t, place),
    askWorkspace(t),
    askQuality(t),
    askStructure(t, structures),
  ];
  for (let at = 0; at < questions.length;) {
    const answer = await questions[at]?.(answers);
    at += answer === back ? -1 : 1;
  }
  return answers;
}

function askName(t: Translate, { taken }: ProjectPlace): Ask {
  return async (answers) => {
    const name = await askText({
      title: t('New Project'),
      step: 1,
      totalSteps,
      prompt: t('What is the film called?'),
      placeholder: t('Name of the film'),
      value: answers.name,
      check: (value) => checkName(t, value, { workspace: answers.workspace, taken }),
    });
    if (name === back) return back;
    answers.name = name;
    return undefined;
  };
}

function askWorkspace(t: Translate): Ask {
  return async (answers) => {
    const chosen = await askChoice({
      title: t('New Project'),
      step: 2,
      totalSteps,
      placeholder: t('Which workspace does it belong to?'),
      choices: [
        { label: `$(folder) ${tildify(answers.workspace)}`, description: t('workspace'), value: 'default' },
        {
          label: `$(folder-opened) ${t('Browse…')}`,
          description: t('choose another folder'),
          value: 'browse',
        },
        { label: `$(edit) ${t('Type a path…')}`, value: 'type' },
      ],
    });
    if (chosen === back) return back;
    const folder = chosen === 'default' ? answers.workspace : await otherWorkspace(t, answers, chosen);
    if (folder === back) return askWorkspace(t)(answers);
    answers.workspace = folder;
    return undefined;
  };
}

async function otherWorkspace(t: Translate, answers: Answers, how: string): Promise<Answered<string>> {
  if (how === 'type') return typeWorkspace(t, answers);
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Workspace'),
      openLabel: t('Use as Workspace'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(homedir()),
    })) ?? [];
  if (folder === undefined) return back;
  const { problem } = await checkWorkspace(t, folder.fsPath);
  if (problem === undefined) return folder.fsPath;
  void vscode.window.showWarningMessage(plainMessage(problem));
  return back;
}

async function typeWorkspace(t: Translate, answers: Answers): Promise<Answered<string>> {
  const typed = await askText({
    title: t('New Project'),
    step: 2,
    totalSteps,
    prompt: t('The folder that holds your projects; it is made if it is not there.'),
    placeholder: t('Path of a folder'),
    value: answers.workspace,
    check: (value) => checkWorkspace(t, value),
  });
  return typed === back ? back : expandHome(typed.trim());
}

function askQuality(t: Translate): Ask {
  return async (answers) => {
    const quality = await askChoice({
      title: t('New Project'),
      step: 3,
      totalSteps,
      placeholder: t('Which quality do takes have, if you do not say otherwise?'),
      choices: qualityChoices(t),
      chosen: answers.quality,
    });
    if (quality === back) return back;
    answers.quality = quality;
    return undefined;
  };
}

function askStructure(t: Translate, structures: (workspace: string) => Promise<StructureList>): Ask {
  return async (answers) => {
    const list = await structures(answers.workspace);
    const structure = await askChoice({
      title: t('New Project'),
      step: 4,
      totalSteps,
      placeholder: t('How is the story told? Chapters and emotional beats are made from it.'),
      choices: structureChoices(t, list),
      chosen: answers.structure,
    });
    if (structure === back) return back;
    answers.structure = structure;
    return undefined;
  };
}
