import { legible } from '../../core/domain/legible.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { plainMessage } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';

export interface EditDone {
  readonly way: 'undo' | 'redo';
  readonly root: string;
  /** The edit, in the words of its commit; it holds titles, and comes from a file of the film. */
  readonly summary: string;
}

/** What the user is told of it; where several films are open, in which. */
export function editMessage(
  t: Translate,
  films: readonly Pick<ProjectSummary, 'root' | 'name'>[],
  { way, root, summary }: EditDone,
): string {
  const edit = legible(summary);
  const name = films.length > 1 ? films.find((one) => one.root === root)?.name : undefined;
  if (name === undefined)
    return plainMessage(
      way === 'undo'
        ? t('Undid: {summary}', { summary: edit })
        : t('Did again: {summary}', { summary: edit }),
    );
  const values = { film: legible(name), summary: edit };
  return plainMessage(
    way === 'undo'
      ? t('Undid in "{film}": {summary}', values)
      : t('Did again in "{film}": {summary}', values),
  );
}
