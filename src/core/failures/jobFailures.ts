import { entries } from './entry.ts';

/** Failures of jobs, pipelines and takes. */
export const jobFailures = entries({
  'nothing-to-generate': {
    message: 'There is no shot in {where}.',
    hint: 'Add a shot there, then generate.',
  },
  'page-take-gone': {
    message: 'The take that this page showed is not in the film any more.',
    hint: 'Close the page. A take that was deleted comes back with "Undo Edit", and the page with it.',
  },
  'page-film-closed': {
    message: 'The film that this page showed is not open in this window.',
    hint: 'Open the folder it is in, or close the page.',
  },
  'take-unknown': {
    message: 'Shot {address} has no take {number}.',
    hint: 'Look at its takes, in the Projects view or with "auteur show {address}".',
  },
  'nothing-stale': {
    message: 'No shot in {where} shows a stale take.',
    hint: 'Every shown take was made from what the film says now; Generate Take ("auteur generate") makes new ones.',
  },
  'nothing-missing': {
    message: 'Every shot in {where} has a take, or one that is being made.',
    hint: 'Generate Take ("auteur generate") makes more; a shot whose takes are all rejected counts as having none.',
  },
  'stale-remade': {
    message: 'Every stale take in {where} was made anew already, as take {number} of shot {address} was.',
    hint: 'Make the newer take the active one, or make another with Generate Take ("auteur generate").',
  },
  'stale-waiting': {
    message: 'Every stale take in {where} is being made anew already.',
    hint: 'Wait for those jobs; Generate Take ("auteur generate") makes more besides.',
  },
  'recipe-differs': {
    message: 'Take {number} of shot {address} cannot be made again exactly as it was: {reason}.',
    hint: 'Bring back what has changed, or make it anyway, with "--anyway" on the command line.',
  },
  'compare-two': {
    message: 'Two takes can be compared; chosen: {count}.',
    hint: 'Select two takes, or one that is not the take its shot shows.',
  },
  'take-is-active': {
    message: 'Take {number} is the active take of shot {address}, so it was not deleted.',
    hint: 'Make another take active first, or delete it with "--deactivate": the shot then shows its newest take.',
  },
  'take-being-recorded': {
    message: 'Take {number} of shot {address} is being recorded, so it was not deleted.',
    hint: 'Wait a moment until its job has ended, then delete it.',
  },
  'take-not-downloaded': {
    message: 'Take {number} of shot {address} is not downloaded.',
    hint: 'Use "Download Media", or "git lfs pull" in a terminal.',
  },
  'take-file-missing': {
    message: 'The file of take {number} of shot {address} is missing.',
    hint: 'Bring it back with "Download Media", or with "auteur download" in a terminal.',
  },
  'take-deleted': {
    message: 'Take {number} of shot {address} was deleted.',
    hint: 'Choose another take, or bring it back with "Undo Edit".',
  },
  'job-unknown': {
    message: 'There is no job {id}.',
    hint: 'Look at the jobs there are, on the Progress page or with "auteur jobs".',
  },
  'job-ended': {
    message: 'Job {id} has already ended ({status}).',
    hint: 'Nothing is left to cancel.',
  },
  'job-not-failed': {
    message: 'Job {id} has not failed ({status}), so there is nothing to try again.',
    hint: 'Generate for one more take.',
  },
  'job-retried': {
    message: 'Job {id} was tried again already, as job {by}.',
    hint: 'Look how that one has ended; if it failed too, try it again in its turn.',
  },
  'job-shot-gone': {
    message: 'Shot {address} is not in the film any more, so its job cannot be tried again.',
    hint: 'If it was deleted by mistake, bring it back with "Undo Edit" or "auteur undo", then try again.',
  },
  'nothing-waits': {
    message: 'No job waits.',
    hint: 'Jobs that wait are on the Progress page; what runs cannot be moved.',
  },
  'job-not-waiting': {
    message: 'Job {id} does not wait any more ({status}).',
    hint: 'Look at the jobs that wait, on the Progress page or with "auteur jobs".',
  },
  'no-jobs': {
    message: 'There are no jobs yet.',
    hint: 'Generate a take first.',
  },
  'job-log-not-yet': {
    message: 'Job {id} has printed nothing yet.',
    hint: 'It prints once its container runs; the Progress page and "auteur jobs" say how far it is or what it waits for.',
  },
  'job-log-none': {
    message:
      'Job {id} has no log: its container printed nothing or never ran, or the log was removed for its age.',
    hint: 'The Progress page and "auteur jobs" say how it ended.',
  },
  'job-log-storyboard': {
    message: 'Job {id} has no log: the storyboard is drawn within Auteur and prints nothing.',
    hint: 'The Progress page and "auteur jobs" say how it goes.',
  },
  'job-log-comfyui': {
    message: 'Job {id} has no log of its own: ComfyUI prints where it runs.',
    hint: 'Look there, in its terminal or the log of its container; the Progress page and "auteur jobs" say how the job goes.',
  },
  'job-killed-runner': {
    message: 'This job ended the program that ran it {times} times, so it was set aside.',
    hint: 'Look at the log, change the shot or the pipeline, then generate again.',
  },
  'job-unreadable': {
    message: 'This version of Auteur cannot read what the job asks for, so it was set aside: {reason}',
    hint: 'Generate the take again.',
  },
  'pipeline-unknown': {
    message: 'There is no pipeline named "{pipeline}".',
    hint: 'This machine has: {known}.',
  },
  'pipeline-unavailable': {
    message: 'Pipeline {pipeline} cannot run here: {reason}',
    hint: 'Leave out --pipeline to let Auteur fall back to the storyboard.',
  },
  'reference-missing': {
    message: 'The reference picture {path} is not there.',
    hint: 'Put it back, or take it out of "references" in the asset.json beside it; then generate again.',
  },
  'reference-not-fetched': {
    message: 'The reference picture {path} is in Git LFS but was not fetched.',
    hint: 'Run "git lfs pull" in the project, then generate again.',
  },
  'reference-unusable': {
    message: 'The reference picture {path} cannot be drawn: {reason}',
    hint: 'Save it as PNG, RGB JPEG or GIF of at most 64 MB and 64 megapixels, or name another one in "references" of the asset.json beside it.',
  },
  'render-failed': {
    message: 'The storyboard could not be drawn: {reason}',
    hint: 'Try again; if it stays, report it with the address of the shot.',
  },
  'output-invalid': {
    message: 'The pipeline did not leave a usable result: {reason}',
    hint: 'Look at the log of the job, then generate again.',
  },
});
