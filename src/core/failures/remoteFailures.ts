import { entries } from './entry.ts';

/** Failures between this machine and where a film is pushed to. */
export const remoteFailures = entries({
  'push-no-branch': {
    message: 'No branch is checked out in {root}, so there is nothing to push.',
    hint: 'Check one out, in the Source Control view or with "git switch".',
  },
  'push-no-remote': {
    message: 'The film has no remote: no place that it could be pushed to.',
    hint: 'Make an empty repository on a server, then run "git remote add origin <its address>" in {root}.',
  },
  'push-no-upstream': {
    message: 'The branch {branch} is not on {remote} yet.',
    hint: 'Publish it: run "git push --set-upstream {remote} {branch}".',
  },
  'push-rejected': {
    message: 'Somebody else has pushed to {branch} of {remote} since you last looked, so nothing was pushed.',
    hint: 'Pull first, in the Source Control view or with "git pull", then push again.',
  },
  'push-declined': {
    message: '{remote} does not take these commits: {reason}',
    hint: 'Ask who looks after it whether you may push to {branch}, or push another branch.',
  },
  'push-authentication': {
    message: 'The server does not know you, or not well enough: {reason}',
    hint: 'Sign in once from a terminal or the Source Control view ("git push" in {root}), so that Git keeps your credentials.',
  },
  'push-unreachable': {
    message: '{remote} cannot be reached: {reason}',
    hint: 'Check the connection, and its address with "git remote -v" in {root}.',
  },
  'push-lfs': {
    message: 'The takes could not be uploaded, so nothing was pushed: {reason}',
    hint: 'Check that {remote} offers Git LFS and has room for them; the setting lfs.url names another LFS server.',
  },
  'push-failed': {
    message: 'Git could not push to {remote}: {reason}',
    hint: 'Run "git push" in {root} to see all that it says.',
  },
  'download-no-remote': {
    message: 'The media are not on this machine, and the film has no remote to fetch them from.',
    hint: 'Run "git remote add origin <its address>" in {root}, then download again.',
  },
  'download-incomplete': {
    message: '{left} of {total} media files did not come, such as {path}: {reason}',
    hint: 'Push them from the machine where they were made, then download again; what came is here.',
  },
  'download-gone': {
    message: '{left} of {total} media files cannot be brought back, such as {path}: {reason}',
    hint: 'Put a copy of yours in its place, or delete the take and generate another; what could come is here.',
  },
  'download-failed': {
    message: 'The media could not be downloaded from {remote}: {reason}',
    hint: 'Check the connection, and its address with "git remote -v" in {root}.',
  },
});
