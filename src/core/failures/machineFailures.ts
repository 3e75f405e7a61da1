import { entries } from './entry.ts';

/** Failures of the machine and of Auteur on it. */
export const machineFailures = entries({
  'database-newer': {
    message: 'The queue on this machine was written by a newer version of Auteur.',
    hint: 'Update this Auteur Movie Director; the queue is untouched.',
  },
  'database-unusable': {
    message: 'The queue {path} cannot be opened: {reason}',
    hint: 'Check that the folder can be written, or set AUTEUR_HOME to another folder on a local disk.',
  },
  'home-on-network': {
    message: 'The state folder {path} is on a network disk, where a queue cannot be kept safely.',
    hint: 'Set AUTEUR_HOME to a folder on a local disk.',
  },
  untrusted: {
    message: 'This folder is not trusted, so nothing is run in it.',
    hint: 'Trust the folder first (command "Workspaces: Manage Workspace Trust").',
  },
  'studio-stopped': {
    message: 'The studio, which runs the jobs, has stopped: {reason}',
    hint: 'Accepted jobs are kept. Reload the window to start it again.',
  },
  'disk-full': {
    message: 'The disk is full: {reason}',
    hint: 'Free some space, then try again.',
  },
  'disk-failing': {
    message: 'The disk reported a fault: {reason}',
    hint: 'Check the disk, or the connection to it, then try again. What was recorded before is kept.',
  },
  'disk-read-only': {
    message: 'The disk is read-only: {reason}',
    hint: 'Make it writable, or work on a copy on another disk, then try again.',
  },
  'no-permission': {
    message: 'A file may not be read or written: {reason}',
    hint: 'Check who owns it and its permissions, then try again.',
  },
  unexpected: {
    message: 'Something unexpected went wrong: {reason}',
    hint: 'Try again; if it stays, report it with the log.',
  },
});
