import { entries } from './entry.ts';

/** Failures of finding and changing parts of a film. */
export const editFailures = entries({
  'address-invalid': {
    message: '"{address}" is no address.',
    hint: 'Write chapter/scene/shot by their numbers, e.g. 01/02/03.',
  },
  'address-kind': {
    message: '"{address}" is the address of a {is}, and that of a {what} is wanted.',
    hint: 'Write the address of a {what} as {example}.',
  },
  'address-unknown': {
    message: 'The film has no {what} {address}.',
    hint: 'Look at what there is, in the Projects view or with "auteur show".',
  },
  'field-unknown': {
    message: 'No {kind} has a field "{name}".',
    hint: 'It has: {known}.',
  },
  'nodes-mixed': {
    message: 'These are of several kinds ({kinds}), which cannot be edited in one go.',
    hint: 'Choose only chapters, only scenes or only shots.',
  },
  'move-impossible': {
    message: 'A {what} cannot be moved into {into}.',
    hint: 'Shots go into scenes, scenes into chapters, chapters into the film; to put it in order there, name (--before) or drop it on one of those that are there.',
  },
  'move-nowhere': {
    message: 'There is nothing here to drop that on.',
    hint: 'Drop chapters, scenes and shots on those of their film, and assets on a shot, a scene or the film.',
  },
  'drop-elsewhere': {
    message: 'These are not of one film.',
    hint: 'Choose parts of one film; from film to film nothing is moved.',
  },
  'delete-has-jobs': {
    message: 'Takes of {address} are being made, so it was not deleted.',
    hint: 'Wait for them, or cancel them, then delete it.',
  },
  'asset-unknown': {
    message: 'The project has no {category} named "{name}".',
    hint: 'It has: {known}. Make another one with {make}, or with New Asset… in the Assets view, then try again.',
  },
  'asset-none': {
    message: 'The project has no {category} yet, so none named "{name}".',
    hint: 'Make it with {make}, or with New Asset… in the Assets view, then try again.',
  },
  'asset-ambiguous': {
    message: 'The project has more than one {category} named like "{name}".',
    hint: 'Write the name exactly as it is, or one of the ids {ids}.',
  },
  'value-invalid': {
    message: '{name} cannot be "{value}": {reason}',
    hint: 'Give another value.',
  },
  'film-missing': {
    message: 'There is no film here yet.',
    hint: 'Make one first, with "Auteur: {command}".',
  },
  'films-read-only': {
    message: 'Every film here was written by a newer version of Auteur, so this version only reads them.',
    hint: 'Update Auteur Movie Director to change them.',
  },
  'choices-unusable': {
    message:
      'No {what} here can be used: its file cannot be read, or was written by a newer version of Auteur.',
    hint: 'The Projects view marks what cannot be read. Mend it, or update Auteur Movie Director.',
  },
  'nothing-to-choose': {
    message: 'No film here has a {what} yet.',
    hint: 'Make one first, with "Auteur: {command}".',
  },
  'nothing-to-undo': {
    message: 'There is nothing to undo in {root}.',
    hint: 'Auteur undoes the edits it has made; what you typed yourself is undone in your editor.',
  },
  'nothing-to-redo': {
    message: 'There is nothing to do again in {root}.',
    hint: 'Only what was undone last can be done again, until the next edit.',
  },
  'undo-gone': {
    message: 'What "{summary}" did is no longer in {path}, so there was nothing to undo of it.',
    hint: 'Undo again for the edit before it.',
  },
  'undo-changed': {
    message: '"{summary}" was not undone, because {what} was changed since then in {path}.',
    hint: 'Change {path} by hand, then undo again for the edit before it.',
  },
  'undo-taken': {
    message: '"{summary}" was not undone, because there is another {what} now in {path}.',
    hint: 'Change {path} by hand, then undo again.',
  },
  'undo-not-empty': {
    message: '"{summary}" was not undone, because {what} has {content} now.',
    hint: 'Take its {content} out of {path} first, then undo again.',
  },
  'undo-has-takes': {
    message: '"{summary}" was not undone, because shot {address} has takes.',
    hint: 'Keep the shot, or take it out of {path} by hand; its takes stay in {folder}.',
  },
  'undo-has-jobs': {
    message: '"{summary}" was not undone, because takes of shot {address} are being made.',
    hint: 'Wait for them, or cancel them, then undo again.',
  },
  'redo-impossible': {
    message: '"{summary}" was not done again, because {reason}.',
    hint: 'Make the edit anew where it belongs now.',
  },
});
