import { entries } from './entry.ts';

/** Failures of projects and their files. */
export const projectFailures = entries({
  'project-name-invalid': {
    message: 'A project name has 1 to 200 characters on one line, and at least one of them can be seen.',
    hint: 'Choose another name.',
  },
  'folder-exists': {
    message: '{path} already exists.',
    hint: 'Choose another name, or move that folder away.',
  },
  'structure-unknown': {
    message: 'There is no narrative structure named "{structure}".',
    hint: 'Choose one of: {known}.',
  },
  'workspace-unusable': {
    message: 'The workspace {path} cannot be used: {reason}',
    hint: 'Choose a folder you may write to, with --workspace, AUTEUR_WORKSPACE or the setting auteur.workspace.path.',
  },
  'not-a-project': {
    message: '{path} is not an Auteur project.',
    hint: 'Go into a project folder, name one with -C, or make one with "auteur new".',
  },
  'project-not-made': {
    message: 'Git could not make the repository of {path}: {reason}',
    hint: 'Nothing was left behind. Mend the hook or the Git setting it names, then make the project again.',
  },
  'project-moved': {
    message: 'The project is no longer at {root}, so nothing was made there.',
    hint: 'Open the project where it is now and generate again.',
  },
  'file-unreadable': {
    message: '{path} cannot be read: {reason}',
    hint: 'Mend it, or undo what broke it: your editor shows the place, "git diff" what has changed. It was left as it is.',
  },
  'file-changed': {
    message: '{path} was changed by another program at the same moment, so nothing was written.',
    hint: 'Look at the change and try again.',
  },
  'text-changed': {
    message:
      '{path} was changed at the same moment, so the edit was not made: its line {line} was “{before}” and is “{after}” now.',
    hint: 'Look at the change and try again.',
  },
  'document-unsaved': {
    message: '{path} has changes that are not saved, and the edit is about other files, too.',
    hint: 'Save it, then try again: so either all of the edit is on disk, or nothing.',
  },
  'document-refused': {
    message: '{path} is open in an editor that does not let it be changed.',
    hint: 'Close the editor, then try again.',
  },
  'document-encoding': {
    message: '{path} is open with unsaved changes in the encoding {encoding}; texts of a film are UTF-8.',
    hint: 'Choose "Save with Encoding" and UTF-8 in the editor, then try again.',
  },
  'schema-newer': {
    message: '{path} was written by a newer version of Auteur, so this version only reads it.',
    hint: 'Update Auteur Movie Director to change it.',
  },
  'schema-too-new': {
    message: '{path} was written by a newer version of Auteur, in a form that this version cannot read.',
    hint: 'Update Auteur Movie Director to open it; the file is left as it is.',
  },
  'path-outside': {
    message: '"{path}" leads outside the project, so it was not touched.',
    hint: 'Use a path inside the project, without "..", and no link that leads out.',
  },
  'folder-needed': {
    message: '{path} is no folder, and one is needed there, so nothing was written.',
    hint: 'Move it away or give it another name, then try again.',
  },
  'film-read-only': {
    message: 'The folder of the film, {root}, is read-only, so nothing in it can be changed.',
    hint: 'Give yourself the right to write there, make its disk writable, or copy the film to a disk of your own, then try again.',
  },
  'project-locked': {
    message: 'Another process has been writing to {root} for {seconds} seconds.',
    hint: 'Wait for it to finish; if none is running, delete {lock} and try again.',
  },
});
