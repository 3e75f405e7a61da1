import { entries } from './entry.ts';

/** Failures of assets and of importing files into them. */
export const assetFailures = entries({
  'asset-folder-shared': {
    message:
      '{first} and {second} have one folder, {folder}, so the text and the pictures there count for both.',
    hint: 'Delete one of them with "auteur asset delete {id}" and add it anew, which gives it a folder of its own; the other keeps its files.',
  },
  'asset-nowhere': {
    message: 'The project has no asset named "{name}".',
    hint: 'Look at what there is, in the Assets view or with "auteur asset list"; make it with "auteur asset add".',
  },
  'asset-exists': {
    message: 'The project already has a {category} named "{name}".',
    hint: 'Choose another name.',
  },
  'asset-in-use': {
    message: 'The {category} "{name}" is used in {where}, so it was not deleted.',
    hint: 'Take it out there first, or delete it all the same (--force): it is then taken out of each of them.',
  },
  'asset-move-impossible': {
    message: 'The {category} "{name}" cannot be moved to {to}: {reason}',
    hint: 'Choose another folder or category, or mend what the sentence names first.',
  },
  'assign-impossible': {
    message: 'The {category} "{name}" cannot be assigned to {where}.',
    hint: 'Characters go into shots and scenes, locations and styles are set on shots and scenes, a style on the film too.',
  },
  'wardrobe-empty': {
    message: 'None of the characters of {address} has anything in its wardrobe.',
    hint: 'Give the shot a character, and the character a wardrobe: "Edit…" in the Assets view.',
  },
  'variant-unknown': {
    message: '"{name}" has no wardrobe variant "{variant}".',
    hint: 'It has: {known}.',
  },
  'variant-none': {
    message: '"{name}" has no wardrobe yet, so no variant "{variant}".',
    hint: 'Give it one, with "Edit…" in the Assets view or "auteur asset edit", then try again.',
  },
  'drop-nowhere': {
    message: 'This is no place for files.',
    hint: 'Drop them on a category, a folder or an asset.',
  },
  'drop-no-path': {
    message: 'The browser does not hand over what was dropped, and keeps secret where it is.',
    hint: 'Use "Import…" in the menu of the category or asset, or drag them from the Explorer of this window.',
  },
  'import-type': {
    message: '{path} was not imported: {reason}',
    hint: 'Characters, locations and styles take pictures (PNG, JPEG, WebP, GIF, TIFF, …), music takes sound (WAV, MP3, FLAC, …).',
  },
  'import-source': {
    message: '{path} cannot be imported: {reason}',
    hint: 'Choose files or folders that can be read on this machine.',
  },
  'import-nothing': {
    message: 'There is nothing to import in {path}.',
    hint: 'Characters, locations and styles take pictures, music takes sound.',
  },
  'import-too-many': {
    message: 'That would make {count} assets at once; one import makes at most {most}.',
    hint: 'Import the files into one asset, or fewer of them at a time.',
  },
  'import-clashes': {
    message: 'Already there ({count}): {names}.',
    hint: 'Say what becomes of them: keep both, replace or skip (--on-clash).',
  },
  'import-cancelled': {
    message: 'The import was cancelled, so nothing was imported.',
    hint: 'Import again to start over.',
  },
});
