import { entries } from './entry.ts';

/** Failures of work on whole projects: export, duplicate, pack, delete. */
export const workFailures = entries({
  'work-cancelled': {
    message: 'It was cancelled; nothing half-made was left.',
    hint: 'Start it again when you want it.',
  },
  'shot-unreadable': {
    message: 'The takes of shot {address} cannot be read: {reason}',
    hint: 'Mend its entry in {list}, then try again.',
  },
  'export-media': {
    message: 'Take {number} of shot {address} is {state}, so nothing was exported.',
    hint: 'Download it ("git lfs pull"), or make another take active, then export again.',
  },
  'nothing-to-export': {
    message: 'No shot of the film has a take yet.',
    hint: 'Generate takes first, then export again.',
  },
});
