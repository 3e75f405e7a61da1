import { dirtyPaths } from '../../core/storage/commit.ts';
import { commitWaiting } from '../../core/storage/editCommit.ts';
import { readEditJournal } from '../../core/storage/editJournal.ts';
import type { Git } from '../../core/storage/git.ts';
import { filmChanges } from '../../core/storage/repository/filmChanges.ts';
import { statusOf, type ChangedFile } from '../../core/storage/repository/workTreeStatus.ts';
import { settled } from '../../core/storage/unsureEdits.ts';
import { fine, warning, type Finding } from './check.ts';
import { commandLine } from './commands.ts';

/**
 * What differs from the last commit. Edits that were made for the user and could not be committed then are a warning;
 * what the user edits in a window waits for the user.
 */
export async function editsFinding(git: Git): Promise<Finding> {
  const { root } = git;
  const { files: changed } = await statusOf(git);
  const { files: edited } = await settled(root, await readEditJournal(root));
  // Some may be committed already, by the user.
  const files = await dirtyPaths(root, Object.keys(edited));
  if (files.length === 0) return changed.length === 0 ? fine('none') : changedFinding(root, changed);
  const what = files.length === 1 ? 'what was edited in 1 file waits' : `edits of ${files.length} files wait`;
  const others = changed.length - files.length;
  return warning(
    `${what} to be committed: ${listed(files)}${others > 0 ? `; others that have changed: ${others}` : ''}`,
    'It is committed with the next edit on the command line, or now.',
    commandLine(['auteur', '-C', root, 'doctor', '--fix']),
  );
}

/** Counted as the tree counts them, which says first what a commit of the film takes. */
async function changedFinding(root: string, changed: readonly ChangedFile[]): Promise<Finding> {
  const own = (await filmChanges(root, changed)).paths.length;
  const others = changed.length - own;
  const parts = [
    ...(own === 0 ? [] : [own === 1 ? '1 file of the film' : `${own} files of the film`]),
    ...(others === 0 ? [] : [others === 1 ? '1 other file' : `${others} other files`]),
  ];
  const have = changed.length === 1 ? 'has' : 'have';
  return {
    ...fine(`${parts.join(' and ')} ${have} changed since the last commit`),
    hint: 'Commit them when you want: with "Commit…" in the menu of the film, or with Git.',
  };
}

/** What became of them, in a sentence; none where nothing waited. */
export async function commitWaitingEdits(root: string): Promise<readonly string[]> {
  const waiting = await commitWaiting(root);
  if (waiting === undefined) return [];
  const { files, commit } = waiting;
  if (commit.state === 'committed') return [`Committed what waited: ${listed(files)}.`];
  return [`Not committed: ${listed(files)}. ${commit.reason ?? ''}`.trimEnd()];
}

function listed(files: readonly string[]): string {
  const [first = '', ...more] = files;
  if (more.length === 0) return first;
  return more.length === 1 ? `${first} and 1 more file` : `${first} and ${more.length} more files`;
}
