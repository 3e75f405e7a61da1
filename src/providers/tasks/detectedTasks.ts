import { legible } from '../../core/domain/legible.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { tasks, type TaskAction } from '../contributions.ts';
import { plainLabel } from '../plainText.ts';
import type { Translate } from '../translate.ts';
import { projectInTask } from './filmOfTask.ts';

/** A task that every film has. */
export interface DetectedTask {
  readonly definition: {
    readonly type: typeof tasks.type;
    readonly action: TaskAction;
    readonly project?: string;
  };
  readonly label: string;
  readonly detail: string;
}

/** None of a film that cannot be written. */
export function detectedTasks(
  t: Translate,
  film: ProjectSummary,
  folder: string | undefined,
): readonly DetectedTask[] {
  if (film.problem !== undefined || film.readOnly) return [];
  const name = plainLabel(legible(film.name));
  const project = projectInTask(film, folder);
  const definition = (action: TaskAction): DetectedTask['definition'] => ({
    type: tasks.type,
    action,
    ...(project === undefined ? {} : { project }),
  });
  return [
    {
      definition: definition('generateMissing'),
      label: t('Generate missing takes: {name}', { name }),
      detail: t('A take of each shot that has none but rejected ones.'),
    },
    {
      definition: definition('regenerateStale'),
      label: t('Regenerate stale: {name}', { name }),
      detail: t('A new take of each shot whose shown take was made from what has changed since.'),
    },
    {
      definition: definition('exportFrames'),
      label: t('Export frames: {name}', { name }),
      detail: t('The shown take of each shot, numbered in film order, in a new folder of 06_Exports.'),
    },
  ];
}
