import type * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { NewShot } from '../../core/ports/studio.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Services } from '../services.ts';
import type { Checked } from './checked.ts';
import { sizeChoices } from './projectChoices.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';
import { ask, askChoice, askText, back } from './steps.ts';

type Needs = Services & { readonly tree: ProjectsView };

const maxTitle = 200;
const maxDescription = 10_000;

export function registerAddCommands(needs: Needs): readonly vscode.Disposable[] {
  return [
    registerCommand(needs, 'auteur.project.addChapter', (project) => addChapter(needs, project)),
    registerCommand(needs, 'auteur.chapter.addScene', (chapter) => addScene(needs, chapter)),
    registerCommand(needs, 'auteur.scene.addShot', (scene) => addShot(needs, scene)),
  ];
}

function checkText(t: Translate, value: string, max: number): Checked {
  if (value.trim() === '') return { problem: t('Write at least one word.') };
  return value.length > max ? { problem: t('At most {max} characters.', { max }) } : {};
}

function addressOf({ address }: PlaceRef): string {
  if (address === undefined) throw new AuteurError('address-invalid', { address: '' });
  return address;
}

async function addChapter({ t, studio, tree }: Needs, { root }: PlaceRef): Promise<void> {
  requireTrust();
  const title = await ask({
    title: t('Add Chapter'),
    prompt: t('Title of the chapter'),
    placeholder: t('The Last Night'),
    check: (value) => checkText(t, value, maxTitle),
  });
  const { address } = await studio.addChapter(root, title.trim());
  await tree.showAdded(root, undefined, address);
}

async function addScene({ t, studio, tree }: Needs, chapter: PlaceRef): Promise<void> {
  requireTrust();
  const parent = addressOf(chapter);
  const title = await ask({
    title: t('Add Scene to Chapter {address}', { address: parent }),
    prompt: t('Title of the scene'),
    placeholder: t('At the lighthouse'),
    check: (value) => checkText(t, value, maxTitle),
  });
  const { address } = await studio.addScene(chapter.root, parent, title.trim());
  await tree.showAdded(chapter.root, parent, address);
}

async function addShot({ t, studio, tree }: Needs, scene: PlaceRef): Promise<void> {
  requireTrust();
  const parent = addressOf(scene);
  const { address } = await studio.addShot(scene.root, parent, await askShot(t, parent));
  await tree.showAdded(scene.root, parent, address);
}

async function askShot(t: Translate, scene: string): Promise<NewShot> {
  const title = t('Add Shot to Scene {address}', { address: scene });
  let description = '';
  for (;;) {
    const typed = await askText({
      title,
      step: 1,
      totalSteps: 2,
      prompt: t('What is seen in the shot?'),
      placeholder: t('Ada climbs the stairs with a lamp in her hand'),
      value: description,
      check: (value) => checkText(t, value, maxDescription),
    });
    if (typed === back) continue;
    description = typed.trim();
    const placeholder = t('How much is seen?');
    const size = await askChoice({
      title,
      step: 2,
      totalSteps: 2,
      placeholder,
      choices: sizeChoices(t),
      chosen: 'MS',
    });
    if (size !== back) return size === undefined ? { description } : { description, size };
  }
}
