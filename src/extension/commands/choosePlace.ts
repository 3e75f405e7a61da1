import { AuteurError } from '../../core/errors.ts';
import type { EditHistory } from '../../core/ports/studio.ts';
import type { PlaceRef, TakeRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { takeText } from '../../providers/trees/nodeText.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { pickPlace } from './pickPlace.ts';
import { PlacesIn, type Place, type ShotPlace } from './placesIn.ts';

export type ChoosingNeeds = Pick<Services, 't' | 'studio' | 'projects' | 'log'> & {
  readonly tree: Pick<ProjectsView, 'selected'>;
};

function placesIn({ t, studio, projects, log, tree }: ChoosingNeeds): PlacesIn {
  return new PlacesIn({
    t,
    studio,
    projects,
    selected: tree.selected,
    log: (line) => {
      log.warn(line);
    },
  });
}

export async function chooseProject(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const places = placesIn(needs);
  const question = { title, placeHolder: needs.t('Choose a film') };
  return (await pickPlace(question, places.films())) ?? missing(needs, 'film', places);
}

export async function chooseChapter(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const places = placesIn(needs);
  const question = { title, placeHolder: needs.t('Choose a chapter') };
  return (await pickPlace(question, places.chapters())) ?? missing(needs, 'chapter', places);
}

export async function chooseScene(needs: ChoosingNeeds, title: string): Promise<PlaceRef> {
  const places = placesIn(needs);
  const question = { title, placeHolder: needs.t('Choose a scene') };
  return (await pickPlace(question, places.scenes())) ?? missing(needs, 'scene', places);
}

export async function chooseShot(needs: ChoosingNeeds, title: string, asksForOne = false): Promise<PlaceRef> {
  const places = placesIn(needs);
  const question = { title, placeHolder: needs.t('Choose a shot'), asksForOne };
  return (await pickPlace(question, places.shots())) ?? missing(needs, 'shot', places);
}

export async function chooseTake(needs: ChoosingNeeds, title: string): Promise<TakeRef> {
  const places = placesIn(needs);
  const { t } = needs;
  const shot = await pickPlace({ title, placeHolder: t('Choose a shot') }, withTakes(places.shots()));
  if (shot === undefined) return missing(needs, 'take', places);
  const take = await pickPlace({ title, placeHolder: t('Choose a take') }, takesOf(needs, shot));
  return take ?? missing(needs, 'take', places);
}

async function* withTakes(shots: AsyncIterable<readonly ShotPlace[]>): AsyncGenerator<readonly ShotPlace[]> {
  for await (const piece of shots) yield piece.filter(({ view }) => view.takeCount > 0);
}

async function* takesOf(
  { t, studio }: ChoosingNeeds,
  { root, view }: ShotPlace,
): AsyncGenerator<readonly (Place & TakeRef)[]> {
  yield (await studio.takes(root, view.id)).map((take) => {
    const { label, description } = takeText(t, take);
    return { root, label, description: plainLabel(description), shotId: view.id, takeId: take.id };
  });
}

/** The film whose newest edit is meant: the selected one; else the user says which of those that have one. */
export async function chooseEdited(
  needs: ChoosingNeeds,
  way: keyof EditHistory,
  title: string,
): Promise<PlaceRef> {
  const { t, projects, tree } = needs;
  if (tree.selected !== undefined) return tree.selected;
  const places = placesIn(needs);
  const chosen = await pickPlace({ title, placeHolder: t('In which film?') }, places.edits(way));
  if (chosen !== undefined) return chosen;
  const films = await projects.list();
  // It says itself that there is nothing.
  const first = films.find(({ problem, readOnly }) => problem === undefined && !readOnly);
  return first ?? missing(needs, 'film', places);
}

type Choice = 'film' | 'chapter' | 'scene' | 'shot' | 'take';

async function missing({ t, projects }: ChoosingNeeds, what: Choice, { leftOut }: PlacesIn): Promise<never> {
  const films = await projects.list();
  if (films.length === 0) throw new AuteurError('film-missing', { command: t('New Project') });
  const readable = films.filter(({ problem }) => problem === undefined);
  if (readable.length > 0 && readable.every(({ readOnly }) => readOnly))
    throw new AuteurError('films-read-only');
  const words: Record<Choice, string> = {
    film: t('film'),
    chapter: t('chapter'),
    scene: t('scene'),
    shot: t('shot'),
    take: t('take'),
  };
  if (leftOut > 0) throw new AuteurError('choices-unusable', { what: words[what] });
  const makers: Record<Choice, string> = {
    film: t('New Project'),
    chapter: t('Add Chapter'),
    scene: t('Add Scene'),
    shot: t('Add Shot'),
    take: t('Generate Take'),
  };
  throw new AuteurError('nothing-to-choose', { what: words[what], command: makers[what] });
}
