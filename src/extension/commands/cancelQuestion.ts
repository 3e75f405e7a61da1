import type { JobView } from '../../core/protocol/views.ts';
import type { Translate } from '../../providers/translate.ts';

/** What is asked before all jobs of the machine are cancelled. */
export function cancelQuestion(t: Translate, open: readonly Pick<JobView, 'projectRoot' | 'address'>[]) {
  const [first, ...others] = open;
  if (first !== undefined && others.length === 0)
    return {
      question: t('Cancel 1 job, of shot {address}?', { address: first.address }),
      detail: t('It is all that waits or runs on this machine. Takes that are recorded stay.'),
      yes: t('Cancel It'),
    };
  const films = new Set(open.map(({ projectRoot }) => projectRoot)).size;
  return {
    question:
      films > 1
        ? t('Cancel {count} jobs of {films} films?', { count: open.length, films })
        : t('Cancel {count} jobs?', { count: open.length }),
    detail: t('All that wait or run on this machine. Takes that are recorded stay.'),
    yes: t('Cancel Them'),
  };
}
