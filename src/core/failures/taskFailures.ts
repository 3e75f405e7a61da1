import { entries } from './entry.ts';

/** Failures of tasks that VS Code runs. */
export const taskFailures = entries({
  'task-invalid': {
    message: 'The task cannot be run: {reason}.',
    hint: 'Correct it in tasks.json; completion there names what may stand in it.',
  },
  'task-film-unknown': {
    message: 'The task names the film "{project}", which this window does not show.',
    hint: 'Set "project" in tasks.json to the folder or the name of one of these: {known}.',
  },
  'task-film-unclear': {
    message: 'This window shows several films, and the task does not say which is meant.',
    hint: 'Set "project" in tasks.json to the folder of one of these: {known}.',
  },
});
