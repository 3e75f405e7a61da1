import type { TakeView } from '../../core/protocol/views.ts';
import type { Translate } from '../../providers/translate.ts';
import type { TextQuestion } from './steps.ts';

/** The note of takes, shown only where they all have the same: Enter writes what is shown into each of them. */
export function noteQuestion(
  t: Translate,
  views: readonly Pick<TakeView, 'review'>[],
): Omit<TextQuestion, 'step' | 'totalSteps'> {
  const [common = '', ...others] = new Set(views.map(({ review }) => review?.note ?? ''));
  const differ = others.length > 0;
  const title = views.length === 1 ? t('Note') : t('Note on {count} Takes', { count: views.length });
  return {
    title,
    prompt: differ
      ? t('What is to be said of them? It replaces their notes, which differ.')
      : t('What is to be said of it? An empty note is taken away.'),
    placeholder: '',
    value: differ ? '' : common,
    // Enter in an empty box would take away notes that nobody has seen there.
    check: (typed) =>
      differ && typed.trim() === '' ? { problem: t('Write one note for all of them.') } : {},
  };
}
