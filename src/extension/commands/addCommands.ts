import { AuteurError } from '../../core/errors.ts';
import type { ShotSize } from '../../core/model/shotList.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Services } from '../services.ts';
import { chooseChapter, chooseProject, chooseScene } from './choosePlace.ts';
import { command, requireTrust, type Command } from './command.ts';
import { sizeChoices } from './projectChoices.ts';
import { requireReadable } from './requireReadable.ts';
import { checkShot, checkTitle, parseShotLine, type ShotLine } from './shotLine.ts';
import { ask, askChoice, askText, back } from './steps.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function addCommands(needs: Needs): readonly Command[] {
  return [
    command(needs, 'auteur.project.addChapter', (project) => addChapter(needs, project)),
    command(needs, 'auteur.chapter.addScene', (chapter) => addScene(needs, chapter)),
    command(needs, 'auteur.scene.addShot', (scene) => addShot(needs, scene)),
  ];
}

function addressOf({ address }: PlaceRef): string {
  if (address === undefined) throw new AuteurError('address-invalid', { address: '' });
  return address;
}

async function addChapter(needs: Needs, project?: PlaceRef): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const { root } = project ?? (await chooseProject(needs, t('Add Chapter')));
  await requireReadable(needs, { root });
  const title = await ask({
    title: t('Add Chapter'),
    prompt: t('Title of the chapter'),
    placeholder: t('The Last Night'),
    check: (value) => checkTitle(t, value),
  });
  const { address } = await studio.addChapter(root, title.trim());
  await tree.showAdded(root, undefined, address);
}

async function addScene(needs: Needs, place?: PlaceRef): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const chapter = place ?? (await chooseChapter(needs, t('Add Scene')));
  const parent = addressOf(chapter);
  await requireReadable(needs, chapter);
  const title = await ask({
    title: t('Add Scene to Chapter {address}', { address: parent }),
    prompt: t('Title of the scene'),
    placeholder: t('At the lighthouse'),
    check: (value) => checkTitle(t, value),
  });
  const { address } = await studio.addScene(chapter.root, parent, title.trim());
  await tree.showAdded(chapter.root, parent, address);
}

async function addShot(needs: Needs, place?: PlaceRef): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const scene = place ?? (await chooseScene(needs, t('Add Shot')));
  const parent = addressOf(scene);
  await requireReadable(needs, scene);
  const { address } = await studio.addShot(scene.root, parent, await askShot(t, parent));
  await tree.showAdded(scene.root, parent, address);
}

/** A size that is written before the description is not asked for again. */
async function askShot(t: Translate, scene: string): Promise<ShotLine> {
  const title = t('Add Shot to Scene {address}', { address: scene });
  for (let typed = ''; ;) {
    const answer = await askText({
      title,
      step: 1,
      totalSteps: 2,
      prompt: t('What is seen in the shot? It may start with its size, such as WS or CU.'),
      placeholder: t('Ada climbs the stairs with a lamp in her hand'),
      value: typed,
      check: (value) => checkShot(t, value),
    });
    if (answer !== back) typed = answer;
    const shot = parseShotLine(typed);
    if (shot.size !== undefined) return shot;
    const placeholder = t('How much is seen?');
    const size = await askChoice<ShotSize | undefined>({
      title,
      step: 2,
      totalSteps: 2,
      placeholder,
      choices: sizeChoices(t),
      chosen: 'MS',
    });
    if (size !== back) return size === undefined ? shot : { ...shot, size };
  }
}
