import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { BeatRef, PlaceRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { beatText } from '../../providers/trees/beatText.ts';
import { chooseProject } from './choosePlace.ts';
import { clickedOn, isBeat, type PartNeeds } from './parts.ts';
import { askChoice, back, type Choice } from './steps.ts';

/** The keys of the tree know no kinds: where the first one selected is a beat, beats are meant. */
export function beatsMeant(
  needs: Pick<PartNeeds, 'tree'>,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly BeatRef[] {
  const places = clickedOn(needs, part, selected);
  const [first] = places;
  return first !== undefined && isBeat(first) ? places.filter(isBeat) : [];
}

/** The one that was clicked or is selected; else the user says which. */
export async function theBeat(needs: PartNeeds, beat: BeatRef | undefined, title: string): Promise<BeatRef> {
  const [clicked] = beatsMeant(needs, beat, undefined);
  if (clicked !== undefined) return clicked;
  const { root } = await chooseProject(needs, title);
  return { root, beat: await askBeat(needs, { root, title }) };
}

interface BeatQuestion {
  readonly root: string;
  readonly title: string;
  /** Address of a place: the beat that is bound there comes first. */
  readonly at?: string;
}

/** @throws AuteurError `nothing-to-choose` */
export async function askBeat(
  { t, studio }: PartNeeds,
  { root, title, at }: BeatQuestion,
): Promise<BeatRef['beat']> {
  const beats = await studio.beats(root);
  if (beats.length === 0)
    throw new AuteurError('nothing-to-choose', { what: t('beat'), command: t('New Beat') });
  const sorted = [...beats].sort((one, other) => one.position - other.position);
  const choices = sorted.map((beat): Choice<string> => {
    const { label, description } = beatText(t, beat);
    return { label: plainLabel(label), description: plainLabel(description), value: nameOf(beat) };
  });
  const bound = at === undefined ? undefined : sorted.find((beat) => beat.at === at);
  return answerOf(
    await askChoice({
      title,
      placeholder: t('Choose a beat'),
      choices,
      step: 1,
      totalSteps: 1,
      ...(bound === undefined ? {} : { chosen: nameOf(bound) }),
    }),
  );
}

function nameOf({ id, number }: BeatView): string {
  return id ?? String(number);
}

/** The scene or chapter that a beat is to be bound to; null for none of them. */
export async function askBound(
  { t, studio }: PartNeeds,
  { root, title, at }: BeatQuestion,
): Promise<string | null> {
  const { chapters } = await studio.film(root);
  const places = chapters.flatMap(({ address, title: words, scenes }): Choice<string | null>[] => [
    { label: plainLabel(`${address}  ${legible(words)}`), description: t('chapter'), value: address },
    ...scenes.map((scene) => ({
      label: plainLabel(`${scene.address}  ${legible(scene.title)}`),
      value: scene.address,
    })),
  ]);
  if (places.length === 0)
    throw new AuteurError('nothing-to-choose', { what: t('chapter'), command: t('Add Chapter') });
  const none = { label: t('None'), value: null };
  return answerOf(
    await askChoice<string | null>({
      title,
      placeholder: t('Which scene or chapter is it bound to?'),
      choices: at === undefined ? places : [...places, none],
      step: 1,
      totalSteps: 1,
      ...(at === undefined ? {} : { chosen: at }),
    }),
  );
}

/** A question that stands alone has nowhere to go back to. */
export function answerOf<T>(answer: T | typeof back): T {
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}
