import { entries } from './entry.ts';

/** What does not hold together in the text of a film. */
export const problemFailures = entries({
  'id-repeated': {
    message: 'The id {id} stands twice.',
    hint: 'Give one of the two a new id.',
  },
  'placed-twice': {
    message: 'The {what} {first} stands in the film a second time, as {second}.',
    hint: 'Run "auteur validate --fix": it keeps one of the two places, and takes the other out.',
  },
  'number-repeated': {
    message: 'Two {what} have the number {number}.',
    hint: 'Run "auteur validate --fix": it gives one of them the next free number.',
  },
  'next-number-low': {
    message: '{name} is not above every number that was given.',
    hint: 'Raise it to {number}.',
  },
  'asset-dangling': {
    message: '{by} names {id}, which is not among the {category} of the film.',
    hint: 'Add the asset to project.json, or take it out of {path}.',
  },
  'variant-dangling': {
    message: '{by} names the wardrobe variant {id} of {character}, which is not there.',
    hint: 'Add the variant to the asset.json of the character, or take it out of {path}.',
  },
  'beat-dangling': {
    message: 'The beat "{name}" is bound to the {what} {id}, which is not in the film.',
    hint: 'Bind it to another, or to nothing: auteur beat set {number} at=',
  },
  'scene-mismatch': {
    message: 'This shot list belongs to another scene.',
    hint: 'Its sceneId should be {id}.',
  },
  'folder-shared': {
    message: 'Two shots keep their takes in {folder}.',
    hint: 'Run "auteur validate --fix": it gives one of them a folder of its own, and moves its takes there.',
  },
  'active-take-missing': {
    message: 'The active take of {address} is not there.',
    hint: 'Choose another one, in the Projects view or with "auteur take activate".',
  },
});
