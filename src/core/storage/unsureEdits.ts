import { createHash } from 'node:crypto';
import { pointerStart } from '../domain/mediaTypes.ts';
import { gone, withoutUsers, type EditJournal } from './editJournal.ts';
import { Git, inChunks } from './git.ts';
import { requireStockLfs } from './lfsFilters.ts';

/**
 * Asks Git whose the files were that were edited while it could not be asked: the journal without the user's.
 * @throws AuteurError `git-missing`, `no-repository`, … or GitFailure where it still cannot say
 */
export async function settled(root: string, journal: EditJournal): Promise<EditJournal> {
  const paths = Object.keys(journal.before);
  if (paths.length === 0) return journal;
  const git = new Git(root);
  await git.requireRepository();
  await requireStockLfs(git);
  const committed = await namesOf(git, ['ls-tree', '-r', '--name-only', '-z', 'HEAD'], paths);
  const staged = await namesOf(git, ['diff', '--cached', '--no-ext-diff', '--name-only', '-z'], paths);
  const users = new Set<string>();
  for (const path of paths) {
    const before = journal.before[path] ?? gone;
    const held = committed.has(path) ? await holds(git, path, before) : before === gone;
    if (!held || staged.has(path)) users.add(path);
  }
  return withoutUsers(journal, users);
}

async function namesOf(
  git: Git,
  command: readonly string[],
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const printed = await inChunks(paths, (some) => git.run([...command, '--', ...some]));
  return new Set(printed.flatMap((names) => names.split('\0')).filter((name) => name !== ''));
}

/** Whether what is committed of a file, as Git would check it out, has that SHA-256. */
async function holds(git: Git, path: string, sha256: string): Promise<boolean> {
  if (sha256 === gone) return false;
  const blob = await git.run(['cat-file', 'blob', `HEAD:${path}`]);
  if (blob.startsWith(pointerStart)) return blob.includes(`oid sha256:${sha256}\n`);
  if (hash(blob) === sha256) return true;
  // Line ends may be others in the folder.
  return hash(await git.run(['cat-file', '--filters', `HEAD:${path}`])) === sha256;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
