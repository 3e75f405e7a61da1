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
    hint: 'Bring it here with "Download Media" or "auteur download", or make another take active; then export again.',
  },
  'export-media-changed': {
    message:
      'Take {number} of shot {address} has {size} bytes instead of the {bytes} that were recorded, so nothing was exported.',
    hint: 'Bring {path} back with "git checkout", or make another take active, then export again.',
  },
  'export-active-take': {
    message: 'The active take of shot {address} is not there ({reason}), so nothing was exported.',
    hint: 'Bring it back with "git checkout", or make another take active ("auteur take activate"), then export again.',
  },
  'film-holds-link': {
    message: '{path} is a link or no file at all, which cannot be taken along to another place.',
    hint: 'Put the file itself in its place, or delete it, then try again.',
  },
  'path-not-portable': {
    message: 'No file can be called {path} on every system, so it cannot be taken along.',
    hint: 'Rename it: no reserved name such as "aux", none of < > : " \\ | ? *, no dot or space at the end, not too long.',
  },
  'paths-clash': {
    message: '{path} and {other} are one and the same file on some systems, so they cannot be taken along.',
    hint: 'Rename one of them, then try again.',
  },
  'media-not-here': {
    message: '{path} is only there as a pointer of Git LFS: it was not downloaded.',
    hint: 'Download it ("git lfs pull"), then try again.',
  },
  'media-not-recorded': {
    message: '{path} is not what was recorded of its take, so the film was not packed.',
    hint: 'Bring it back with "git checkout", or delete the take, then pack again.',
  },
  'name-differs': {
    message: 'The film is called "{name}", not "{typed}", so nothing was deleted.',
    hint: 'Type its name as it is, if this is the one you mean.',
  },
  'project-busy': {
    message: 'Takes of "{name}" wait or are being made, so it was not deleted.',
    hint: 'Wait for them or cancel them, then delete it.',
  },
  'folder-missing': {
    message: 'There is no folder {path}.',
    hint: 'Make it, or choose another place.',
  },
  'file-exists': {
    message: '{path} already exists.',
    hint: 'Choose another name, or move that file away.',
  },
  'history-shallow': {
    message: 'The history in {root} was not downloaded whole, so it cannot be packed.',
    hint: 'Run "git fetch --unshallow" there, then pack again.',
  },
  'nothing-committed': {
    message: 'Nothing is committed in {root} yet, so there is no history to take along.',
    hint: 'Commit the film first.',
  },
  'archive-missing': {
    message: 'There is no archive {file}.',
    hint: 'Look whether the path is right; "auteur project pack" says where it has written one.',
  },
  'archive-invalid': {
    message: '{file} is no archive of a film, or it was damaged: {reason}.',
    hint: 'Nothing was left behind. Pack the film again where it is, then unpack that archive.',
  },
  'archive-newer': {
    message: '{file} was packed by a newer version of Auteur.',
    hint: 'Update Auteur Movie Director to unpack it.',
  },
  'project-there': {
    message: 'This film is already in the workspace, at {path}.',
    hint: 'Delete or move that one first, or unpack it into another workspace.',
  },
  'nothing-to-export': {
    message: 'No shot of the film has a take yet.',
    hint: 'Generate takes first, then export again.',
  },
});
