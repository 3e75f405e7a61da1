import { dirtyPaths } from '../../core/storage/commit.ts';
import { commitWaiting } from '../../core/storage/editCommit.ts';
import { readEditJournal } from '../../core/storage/editJournal.ts';
import { settled } from '../../core/storage/unsureEdits.ts';
import { fine, warning, type Finding } from './check.ts';
import { commandLine } from './commands.ts';

/** Edits that were made for the user and could not be committed then. */
export async function waitingFinding(root: string): Promise<Finding> {
  const { files: edited } = await settled(root, await readEditJournal(root));
  // Some may be committed already, by the user.
  const files = await dirtyPaths(root, Object.keys(edited));
  if (files.length === 0) return fine('none');
  const what = files.length === 1 ? 'what was edited in 1 file waits' : `edits of ${files.length} files wait`;
  return warning(
    `${what} to be committed: ${listed(files)}`,
    'It is committed with the next edit on the command line, or now.',
    commandLine(['auteur', '-C', root, 'doctor', '--fix']),
  );
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
