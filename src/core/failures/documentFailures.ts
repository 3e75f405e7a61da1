import { entries } from './entry.ts';

/** Failures of creative documents, emotional beats and narrative structures. */
export const documentFailures = entries({
  'document-unknown': {
    message: 'The film has no document {path}.',
    hint: 'Look at those there are, in the Projects view or with "auteur doc list".',
  },
  'document-not-made': {
    message: '{path} has no part that is made from the film, so there is nothing to update in it.',
    hint: 'Beat sheets and shot lists have one. Make a new one, with "auteur doc new" or from the menu of the project.',
  },
  'beat-unknown': {
    message: 'The film has no emotional beat "{beat}".',
    hint: 'Name it by its number or id; "auteur beat list" shows them.',
  },
  'beat-unbound': {
    message: 'The emotional beat "{beat}" is bound to no scene and no chapter.',
    hint: 'Bind it to one, with "Auteur: Bind Beat…", or drag it onto one.',
  },
  'beat-drop': {
    message: 'An emotional beat is bound to one scene or one chapter.',
    hint: 'Drop beats on a scene or a chapter of their film, or one of these on a beat.',
  },
  'structure-repeated': {
    message: '{file} names itself "{structure}", as another narrative structure does.',
    hint: 'Give it an "id" of its own.',
  },
});
