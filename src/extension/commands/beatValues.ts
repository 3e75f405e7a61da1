import { legible } from '../../core/domain/legible.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { BeatRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import { boundText, percentNumber, percentOf } from '../../providers/trees/beatText.ts';
import { answerOf, askBound } from './beatChoice.ts';
import { openBeat } from './beatFile.ts';
import { readBeat, readBeats, requireSame } from './readBeat.ts';
import type { Checked } from './checked.ts';
import { confirmDelete } from './confirmDelete.ts';
import { namedQuestion } from './deleteQuestion.ts';
import { oneFilm, type PartNeeds } from './parts.ts';
import { checkPercent, parsePercent } from './percent.ts';
import { checkTitle } from './shotLine.ts';
import { ask, askChoice } from './steps.ts';

const texts = ['name', 'description', 'position', 'intensity'] as const;
type TextField = (typeof texts)[number];
type Field = TextField | 'at';

export function renameBeat(needs: PartNeeds, ref: BeatRef): Promise<void> {
  return setText(needs, ref, 'name');
}

/** Asks which value, then for the value. */
export async function editBeat(needs: PartNeeds, ref: BeatRef): Promise<void> {
  const { t } = needs;
  const view = await readBeat(needs, ref);
  const field = answerOf(
    await askChoice<Field>({
      title: titleOf(t, view),
      placeholder: t('What do you want to change?'),
      choices: [...texts, 'at' as const].map((value) => ({
        label: fieldName(t, value),
        description: plainLabel(shown(view, value)),
        value,
      })),
      step: 1,
      totalSteps: 1,
    }),
  );
  await (field === 'at' ? bindBeats(needs, [ref]) : setText(needs, ref, field));
}

/** To one scene or chapter, which the user chooses. */
export async function bindBeats(needs: PartNeeds, refs: readonly BeatRef[]): Promise<void> {
  const { t, studio } = needs;
  const { root } = oneFilm(refs);
  const views = await readBeats(needs, refs);
  const [view] = views;
  if (view === undefined) return;
  const title = refs.length === 1 ? titleOf(t, view) : t('Bind {count} Beats', { count: refs.length });
  const at = await askBound(needs, { root, title, ...(view.at === undefined ? {} : { at: view.at }) });
  await requireSame(needs, refs, views);
  await studio.edit(root, { kind: 'bindBeats', beats: refs.map(({ beat }) => beat), at });
}

export async function deleteBeats(needs: PartNeeds, refs: readonly BeatRef[]): Promise<void> {
  const { t, studio } = needs;
  const { root } = oneFilm(refs);
  const views = await readBeats(needs, refs);
  const [view] = views;
  if (view === undefined) return;
  const names = views.map(({ name }) => legible(name));
  const question =
    names.length === 1
      ? t('Delete {name}?', { name: legible(view.name) })
      : t('Delete {count} beats?', { count: names.length });
  if (!(await confirmDelete(t, namedQuestion(t, question, names)))) return;
  await requireSame(needs, refs, views);
  await studio.edit(root, { kind: 'deleteBeats', beats: refs.map(({ beat }) => beat) });
}

async function setText(needs: PartNeeds, ref: BeatRef, field: TextField): Promise<void> {
  const { t, studio } = needs;
  const view = await readBeat(needs, ref);
  const before = typedOf(view, field);
  if (/[\r\n]/.test(before)) {
    // An input box has one line, and would lose the others.
    await openBeat(needs, ref);
    return;
  }
  const typed = await ask({
    title: titleOf(t, view),
    prompt: questionOf(t, field),
    placeholder: '',
    value: before,
    check: (value) => checkField(t, field, value),
  });
  // What is shown of a number may be less than what stands in the file.
  if (typed === before) return;
  await requireSame(needs, [ref], [view]);
  await studio.edit(ref.root, {
    kind: 'setBeat',
    beat: ref.beat,
    values: { [field]: valueOf(field, typed) },
  });
}

function titleOf(t: Translate, { name }: BeatView): string {
  return t('Edit {address}', { address: legible(name) });
}

function fieldName(t: Translate, field: Field): string {
  const names = {
    name: t('Name'),
    description: t('Description'),
    position: t('Position'),
    intensity: t('Intensity'),
    at: t('Scene or chapter'),
  };
  return names[field];
}

function questionOf(t: Translate, field: TextField): string {
  if (field === 'position') return t('Where in the film, in percent?');
  return field === 'intensity' ? t('How strongly is it felt, in percent?') : fieldName(t, field);
}

function shown(view: BeatView, field: Field): string {
  if (field === 'at') return boundText(view) ?? '';
  return isShare(field) ? percentOf(view[field]) : legible(view[field] ?? '');
}

function typedOf(view: BeatView, field: TextField): string {
  return isShare(field) ? percentNumber(view[field]) : (view[field] ?? '');
}

function isShare(field: TextField): field is 'position' | 'intensity' {
  return field === 'position' || field === 'intensity';
}

function checkField(t: Translate, field: TextField, value: string): Checked {
  if (field === 'name') return checkTitle(t, value);
  return isShare(field) ? checkPercent(t, value) : {};
}

function valueOf(field: TextField, typed: string): string | number | null {
  if (isShare(field)) return parsePercent(typed) ?? null;
  return field === 'description' && typed.trim() === '' ? null : typed.trim();
}
