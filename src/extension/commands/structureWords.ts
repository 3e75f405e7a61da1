import { legible } from '../../core/domain/legible.ts';
import type { PlacedTitle, StructurePreview } from '../../core/protocol/structureView.ts';
import type { Translate } from '../../providers/translate.ts';

/** More lines than these a question cannot show. */
const maxNames = 12;

/** What a change of the structure will do, in lines to be read before it is made. */
export function structureWords(t: Translate, preview: StructurePreview): string {
  const { chapters, gone, moved, beats } = preview;
  const added = chapters.filter(({ isNew }) => isNew);
  const kept = chapters.filter(({ isNew }) => !isNew);
  return [
    t('Chapters that come: {names}', { names: list(t, added.map(named)) }),
    t('Chapters that stay: {names}', { names: list(t, kept.map(named)) }),
    t('Chapters that go, empty and as the old structure made them: {names}', {
      names: list(t, gone.map(named)),
    }),
    ...(moved.length === 0
      ? []
      : [
          t('Scenes that move: {names}', {
            names: list(
              t,
              moved.map((scene) => `${named(scene)} → ${legible(scene.into)}`),
            ),
          }),
        ]),
    t('Emotional beats: {kept} stay, {gone} go, {added} come.', {
      kept: beats.kept,
      gone: beats.gone.length,
      added: beats.added.length,
    }),
    t('Every scene stays in the film, in its order. Undo Edit takes the change back.'),
  ].join('\n');
}

function named({ address, title }: PlacedTitle): string {
  return address === undefined ? legible(title) : `${address} ${legible(title)}`;
}

function list(t: Translate, names: readonly string[]): string {
  if (names.length === 0) return t('none');
  const shown = names.slice(0, maxNames).join(', ');
  return names.length > maxNames ? `${shown} …` : shown;
}
