import { entries } from './entry.ts';

/** Failures of Git and Git LFS. */
export const gitFailures = entries({
  'git-missing': {
    message: 'Git was not found on this machine.',
    hint: 'Install it (Debian, Ubuntu: sudo apt install git; macOS: brew install git; Windows: winget install Git.Git), then try again.',
  },
  'lfs-missing': {
    message: 'Git LFS, which stores the takes, was not found on this machine.',
    hint: 'Install it (Debian, Ubuntu: sudo apt install git-lfs; macOS: brew install git-lfs; Windows: winget install GitHub.GitLFS), then try again.',
  },
  'git-identity-missing': {
    message: 'Git does not know who you are, so it cannot record anything in your name.',
    hint: 'Run: git config --global user.name "Your Name", then: git config --global user.email you@example.com',
  },
  'git-failed': {
    message: 'Git could not {action}: {reason}',
    hint: 'Run "git status" in {root} to see what Git sees, mend it, then try again.',
  },
  'no-repository': {
    message: '{root} is not a Git repository of its own, so nothing can be committed there.',
    hint: 'Run "git init" and "git lfs install --local" in {root}.',
  },
  'repository-elsewhere': {
    message:
      'The .git of {root} leads to {gitDir}, which does not know this folder, so nothing is committed there.',
    hint: 'If it is meant to, run "git worktree repair" there or set core.worktree; else delete .git and run "git init".',
  },
  'lfs-filter-replaced': {
    message:
      'The Git setting {name} in {file} is "{value}" instead of Git LFS, so Git was not asked to run it.',
    hint: 'Find out who put it there. Take it out of {file} and run "git lfs install --local" in {root}; what waits is committed afterwards.',
  },
  'git-index-locked': {
    message: 'Another Git process has held {lock} for {seconds} seconds.',
    hint: 'Wait for that process; if none is running, delete the lock file and try again.',
  },
  'git-busy': {
    message: 'A {operation} is in progress in this project, so nothing is committed now.',
    hint: 'Finish or abort the {operation}; what waits is committed afterwards by itself.',
  },
  'media-not-lfs': {
    message: '{path} would enter Git as a plain file instead of Git LFS, so it was not committed.',
    hint: 'Run "git lfs install --local" in {root} and check that .gitattributes lists its type; it is committed afterwards.',
  },
  'nothing-to-commit': {
    message: 'Nothing of the film has changed since its last commit.',
    hint: 'What else has changed in the folder is committed in the Source Control view, or with "git commit".',
  },
  'film-in-conflict': {
    message: '{path} holds two versions that a merge could not bring together.',
    hint: 'Open it and keep what is right, then stage it and commit the merge, in the Source Control view or with "git add" and "git commit".',
  },
  'text-in-conflict': {
    message: '{path} cannot be read: {reason}',
    hint: 'Run "auteur validate --fix", or "Auteur: Fix Take Numbers" in the window: it merges what Git could not. Else keep what is right of both in your editor.',
  },
  'merge-impossible': {
    message: '{path} is not merged: {reason}.',
    hint: 'Open it and keep what is right of both branches, then run "git add" with its path and commit the merge.',
  },
  'convert-changed': {
    message: '{path} has changes that are not committed, so nothing was converted.',
    hint: 'Commit them or take them back, then convert again.',
  },
  'convert-pending': {
    message: 'The media are ready for Git LFS, but could not be committed: {reason}',
    hint: 'Mend that, then convert again.',
  },
});
