import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { ProjectSummary, ShotView } from '../../core/protocol/views.ts';
import type { PlaceRef, TakeRef } from '../../providers/contributions.ts';
import { chapterText, sceneText, shotText, takeText, type NodeText } from '../../providers/trees/nodeText.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';

export type ChoosingNeeds = Pick<Services, 't' | 'studio' | 'projects'> & {
  readonly tree: Pick<ProjectsView, 'selected'>;
};

interface Place extends vscode.QuickPickItem, PlaceRef {}

interface Question {
  readonly title: string;
  readonly placeHolder: string;
}

/** Asks for one of several, what is selected in the tree first; one alone needs no question. */
export async function choose<P extends Place>(
  { tree }: Pick<ChoosingNeeds, 'tree'>,
  question: Question,
  places: readonly P[],
): Promise<P | undefined> {
  const [only, ...more] = places;
  if (more.length === 0) return only;
  const near = (place: P): number => (isSelected(tree.selected, place) ? 0 : 1);
  const sorted = [...places].sort((a, b) => near(a) - near(b));
  const how = { ...question, matchOnDescription: true, ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick(sorted, how);
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}

/** Whether the selection is the place, within it or above it. */
function isSelected(selected: ProjectsView['selected'], { root, address = '' }: PlaceRef): boolean {
  if (selected?.root !== root) return false;
  const at = 'address' in selected ? selected.address : '';
  return `${at}/`.startsWith(address) || `${address}/`.startsWith(at);
}

export async function chooseProject(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const places = (await writable(needs)).map(({ root, name }) => ({ root, label: name, description: root }));
  const chosen = await choose(needs, { title, placeHolder: needs.t('Choose a film') }, places);
  return chosen ?? missing(needs, 'film');
}

export async function chooseChapter(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const films = await Promise.all((await writable(needs)).map(({ root }) => needs.studio.film(root)));
  if (films.length === 0) missing(needs, 'film');
  const places = films.flatMap(({ project, chapters }) =>
    chapters.map((chapter) => place(project, chapter.address, chapterText(needs.t, chapter))),
  );
  const chosen = await choose(needs, { title, placeHolder: needs.t('Choose a chapter') }, places);
  return chosen ?? missing(needs, 'chapter');
}

export async function chooseScene(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const films = await Promise.all((await writable(needs)).map(({ root }) => needs.studio.film(root)));
  if (films.length === 0) missing(needs, 'film');
  const places = films.flatMap(({ project, chapters }) =>
    chapters.flatMap(({ scenes }) =>
      scenes.map((scene) => place(project, scene.address, sceneText(needs.t, scene))),
    ),
  );
  const chosen = await choose(needs, { title, placeHolder: needs.t('Choose a scene') }, places);
  return chosen ?? missing(needs, 'scene');
}

export async function chooseShot(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const places = await shotPlaces(needs);
  const chosen = await choose(needs, { title, placeHolder: needs.t('Choose a shot') }, places);
  return chosen ?? missing(needs, 'shot');
}

export async function chooseTake(needs: ChoosingNeeds, title: string): Promise<TakeRef> {
  const withTakes = (await shotPlaces(needs)).filter(({ view }) => view.takeCount > 0);
  const shot = await choose(needs, { title, placeHolder: needs.t('Choose a shot') }, withTakes);
  if (shot === undefined) return missing(needs, 'take');
  const { root, view } = shot;
  const takes = (await needs.studio.takes(root, view.id)).map((take) => {
    const { label, description } = takeText(needs.t, take);
    return { root, label, description, shotId: view.id, takeId: take.id };
  });
  const take = await choose(needs, { title, placeHolder: needs.t('Choose a take') }, takes);
  return take ?? missing(needs, 'take');
}

async function shotPlaces(needs: ChoosingNeeds): Promise<readonly (Place & { view: ShotView })[]> {
  const { studio, t } = needs;
  const all: (Place & { view: ShotView })[] = [];
  for (const { root } of await writable(needs)) {
    const { project, chapters } = await studio.film(root);
    for (const { id } of chapters.flatMap(({ scenes }) => scenes)) {
      for (const view of await studio.shots(root, id))
        all.push({ ...place(project, view.address, shotText(t, view)), view });
    }
  }
  return all;
}

function place({ root, name }: ProjectSummary, address: string, { label, description }: NodeText): Place {
  return { root, address, label: `${address}  ${label.replace(/^\d+ {2}/, '')}`, description, detail: name };
}

async function writable({ projects }: ChoosingNeeds): Promise<readonly ProjectSummary[]> {
  return (await projects.list()).filter(({ problem, readOnly }) => problem === undefined && !readOnly);
}

const makers = {
  film: 'New Project',
  chapter: 'Add Chapter',
  scene: 'Add Scene',
  shot: 'Add Shot',
  take: 'Generate Take',
} as const;

function missing({ t }: Pick<ChoosingNeeds, 't'>, what: keyof typeof makers): never {
  const words = {
    film: t('film'),
    chapter: t('chapter'),
    scene: t('scene'),
    shot: t('shot'),
    take: t('take'),
  };
  throw new AuteurError('nothing-to-choose', { what: words[what], command: makers[what] });
}
