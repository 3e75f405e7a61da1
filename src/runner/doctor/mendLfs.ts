import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { writeFileAtomic } from '../../core/storage/atomicFile.ts';
import { commitPaths, dirtyPaths } from '../../core/storage/commit.ts';
import { Git } from '../../core/storage/git.ts';
import { attributeLine, gitAttributes } from '../../core/storage/gitTemplates.ts';
import { kindOf } from '../../core/storage/ownFolder.ts';
import { withProjectLock } from '../../core/storage/projectLock.ts';
import { lfsChecks } from './lfsChecks.ts';
import { missingTakeTypes } from './lfsFindings.ts';

const attributesFile = '.gitattributes';

export interface Mended {
  /** What was done, a sentence each. */
  readonly done: readonly string[];
  /** What is still not in order. */
  readonly left: readonly DoctorCheck[];
}

/**
 * Sets up what Git LFS needs in a project, where nothing of the user's own is in its place. Nothing is pruned, and no
 * media are converted.
 */
export async function mendLfs(root: string, commits: boolean): Promise<Mended> {
  const git = new Git(root);
  const before = await lfsChecks(root);
  const isWrong = (name: string, among: readonly DoctorCheck[]): boolean =>
    among.some((one) => one.name === name && one.level !== 'ok');
  const done: string[] = [];
  if (isWrong('Git LFS', before)) return { done, left: before.filter(({ level }) => level !== 'ok') };
  if (isWrong('LFS filters', before)) await installFilters(git);
  if (isWrong('LFS hooks', before)) await installHooks(git);
  const added = await withProjectLock(root, () => addAttributes(git, commits));
  const after = await lfsChecks(root);
  if (isWrong('LFS filters', before) && !isWrong('LFS filters', after))
    done.push('Set up the filters of Git LFS.');
  if (isWrong('LFS hooks', before) && !isWrong('LFS hooks', after))
    done.push('Put the hooks of Git LFS in place.');
  return { done: [...done, ...added], left: after.filter(({ level }) => level !== 'ok') };
}

/** Without force: a filter that somebody else has put there stays, and is told. */
async function installFilters(git: Git): Promise<void> {
  await git.query(['lfs', 'install', '--local', '--skip-repo']);
}

/** Hooks that are not those of Git LFS stay; a folder of hooks outside the project is the user's own. */
async function installHooks(git: Git): Promise<void> {
  const elsewhere = (await git.query(['config', '--get', 'core.hooksPath']))?.trim();
  if (elsewhere === undefined || elsewhere === '') await git.query(['lfs', 'update']);
}

async function addAttributes(git: Git, commits: boolean): Promise<readonly string[]> {
  const types = await missingTakeTypes(git);
  if (types.length === 0) return [];
  const path = join(git.root, attributesFile);
  const kind = await kindOf(path);
  if (kind !== 'file' && kind !== 'nothing') return [];
  const wasClean = kind === 'file' && (await dirtyPaths(git.root, [attributesFile])).length === 0;
  const text = kind === 'file' ? await readFile(path, 'utf8') : '';
  await writeFileAtomic(path, withTypes(text, types));
  const count = types.length === 1 ? '1 media type' : `${types.length} media types`;
  const told = `Wrote ${count} into ${attributesFile}`;
  if (!commits || !wasClean) return [`${told}; it waits for your commit.`];
  const message = 'Store all media in Git LFS';
  const commit = await commitPaths(git.root, { paths: [attributesFile], media: [], message });
  if (commit.state === 'committed') return [`${told}, and committed it.`];
  return [`${told}; not committed: ${commit.reason ?? ''}`];
}

function withTypes(text: string, types: readonly string[]): string {
  if (text.trim() === '') return gitAttributes();
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text.endsWith('\n') ? text : text + eol;
  return [start, ...types.map(attributeLine).map((line) => line + eol)].join('');
}
