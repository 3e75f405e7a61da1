import { placeInFilm } from '../../core/domain/placeInFilm.ts';
import { AuteurError } from '../../core/errors.ts';
import type { BeatRef, PlaceRef } from '../../providers/contributions.ts';
import { percentNumber } from '../../providers/trees/beatText.ts';
import { askBeat, beatsMeant, theBeat } from './beatChoice.ts';
import { bindBeats, editBeat } from './beatValues.ts';
import { chooseProject } from './choosePlace.ts';
import { command, requireTrust, type Command } from './command.ts';
import { oneFilm, type PartNeeds } from './parts.ts';
import { checkPercent, parsePercent } from './percent.ts';
import { readBeat } from './readBeat.ts';
import { checkTitle } from './shotLine.ts';
import { askText, back } from './steps.ts';

const half = 0.5;

/** Making, changing and binding emotional beats. */
export function beatCommands(needs: PartNeeds): readonly Command[] {
  const { t } = needs;
  return [
    command(needs, 'auteur.beat.create', async (project) => {
      requireTrust();
      const { root } = project ?? (await chooseProject(needs, t('New Beat')));
      await create(needs, { root });
    }),
    command(needs, 'auteur.beat.createHere', async ({ root, address }) => {
      requireTrust();
      await create(needs, address === undefined ? { root } : { root, address });
    }),
    command(needs, 'auteur.beat.edit', async (beat) => {
      requireTrust();
      await editBeat(needs, await theBeat(needs, beat, t('Edit Beat')));
    }),
    command(needs, 'auteur.beat.bind', async (beat, selected) => {
      requireTrust();
      await bindBeats(needs, await theBeats(needs, { beat, selected }, t('Bind Beat')));
    }),
    command(needs, 'auteur.beat.bindHere', (place) => bindHere(needs, place)),
    command(needs, 'auteur.beat.unbind', async (beat, selected) => {
      requireTrust();
      const refs = await theBeats(needs, { beat, selected }, t('Unbind Beat'));
      const beats = refs.map((ref) => ref.beat);
      await needs.studio.edit(oneFilm(refs).root, { kind: 'bindBeats', beats, at: null });
    }),
    command(needs, 'auteur.beat.showPlace', async (beat) => {
      const ref = await theBeat(needs, beat, t('Show Where It Is Bound'));
      await showPlace(needs, ref);
    }),
  ];
}

interface Clicked {
  readonly beat: BeatRef | undefined;
  readonly selected: readonly BeatRef[] | undefined;
}

async function theBeats(
  needs: PartNeeds,
  { beat, selected }: Clicked,
  title: string,
): Promise<readonly BeatRef[]> {
  const refs = beatsMeant(needs, beat, selected);
  return refs.length > 0 ? refs : [await theBeat(needs, beat, title)];
}

async function bindHere(needs: PartNeeds, { root, address = '' }: PlaceRef): Promise<void> {
  requireTrust();
  const title = needs.t('Bind {address} to a Beat', { address });
  const beat = await askBeat(needs, { root, title, at: address });
  await needs.studio.edit(root, { kind: 'bindBeats', beats: [beat], at: address });
}

async function showPlace(needs: PartNeeds, ref: BeatRef): Promise<void> {
  const { at, name } = await readBeat(needs, ref);
  if (at === undefined) throw new AuteurError('beat-unbound', { beat: name });
  await needs.tree.show();
  await needs.tree.reveal(ref.root, at);
}

/** At a scene or chapter: bound to it, and where it is in the film. */
async function create(needs: PartNeeds, { root, address }: PlaceRef): Promise<void> {
  const position = address === undefined ? half : placeInFilm(await needs.studio.film(root), address);
  const answers = await askNew(needs, position);
  const at = address === undefined ? {} : { at: address };
  const { nodes } = await needs.studio.edit(root, { kind: 'addBeat', values: { ...answers, ...at } });
  const [made] = nodes;
  if (made !== undefined) await needs.tree.revealBeat(root, made.id);
}

interface Answers {
  readonly name: string;
  readonly position: number;
  readonly intensity: number;
}

async function askNew({ t }: PartNeeds, position: number): Promise<Answers> {
  const percent = { placeholder: '', check: (value: string) => checkPercent(t, value) };
  const questions = [
    {
      prompt: t('What is felt here?'),
      placeholder: t('Relief'),
      check: (value: string) => checkTitle(t, value),
    },
    { prompt: t('Where in the film, in percent?'), ...percent },
    { prompt: t('How strongly is it felt, in percent?'), ...percent },
  ];
  const typed = ['', percentNumber(position), percentNumber(half)];
  const place = { title: t('New Beat'), totalSteps: questions.length };
  for (let index = 0; ;) {
    const question = questions[index];
    if (question === undefined) break;
    const answer = await askText({ ...question, ...place, step: index + 1, value: typed[index] ?? '' });
    if (answer !== back) typed[index] = answer;
    index += answer === back ? -1 : 1;
  }
  const [name = '', at = '', intensity = ''] = typed;
  return {
    name: name.trim(),
    position: parsePercent(at) ?? position,
    intensity: parsePercent(intensity) ?? half,
  };
}
