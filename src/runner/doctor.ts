import { readFile, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AuteurError, systemCode, toFailure } from '../core/errors.ts';
import type { DoctorCheck } from '../core/protocol/views.ts';
import { Git } from '../core/storage/git.ts';
import { gitVersion, lfsVersion, requireIdentity } from '../core/storage/gitTools.ts';
import { findProject } from '../core/storage/locate.ts';
import { prepareHome } from './home.ts';

const enoughBytes = 1024 ** 3;

/** Checks what recording takes needs on this machine, and in the project around `folder` if there is one. */
export async function doctor(folder: string, home: string): Promise<readonly DoctorCheck[]> {
  const machine = [
    await check('Git', () => gitVersion(homedir())),
    await check('Git LFS', () => lfsVersion(homedir())),
    await check('Git identity', () => requireIdentity(folder)),
    await check('State folder', async () => {
      await prepareHome(home);
      return home;
    }),
    await check('Disk', () => freeSpace(folder)),
  ];
  const root = await projectAround(folder);
  return root === undefined ? machine : [...machine, ...(await projectChecks(root))];
}

async function check(name: string, look: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    const { message, hint } = toFailure(error);
    return { name, ok: false, detail: message, ...(hint === undefined ? {} : { hint }) };
  }
}

async function freeSpace(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  if (free < enoughBytes) throw new AuteurError('disk-full', { reason: detail });
  return detail;
}

async function projectAround(folder: string): Promise<string | undefined> {
  try {
    return await findProject(folder);
  } catch (error) {
    if (AuteurError.is(error, 'not-a-project')) return undefined;
    throw error;
  }
}

async function projectChecks(root: string): Promise<DoctorCheck[]> {
  const git = new Git(root);
  const repository = await check('Repository of the project', async () => {
    await git.requireRepository();
    return root;
  });
  // Without one, Git would answer for whatever repository is around it.
  if (!repository.ok) return [repository];
  return [repository, await filterCheck(git), await attributesCheck(git), await hookCheck(git)];
}

async function filterCheck(git: Git): Promise<DoctorCheck> {
  const filter = (await git.query(['config', '--get', 'filter.lfs.process']))?.trim() ?? '';
  return {
    name: 'LFS filter of the project',
    ok: filter !== '',
    detail: filter === '' ? 'not set, so media would enter Git as plain files' : filter,
    ...(filter === '' ? { hint: `Run "git lfs install --local" in ${git.root}.` } : {}),
  };
}

async function attributesCheck(git: Git): Promise<DoctorCheck> {
  const attributes =
    (await git.query(['check-attr', 'filter', '--', 'take.png']))?.includes('filter: lfs') ?? false;
  return {
    name: 'LFS attributes of the project',
    ok: attributes,
    detail: attributes ? 'pictures go to Git LFS' : '.gitattributes does not send pictures to Git LFS',
    ...(attributes ? {} : { hint: 'Bring it back with "git checkout -- .gitattributes".' }),
  };
}

/** Git runs the hooks of `core.hooksPath` instead of the project's, and only a hook uploads media on a push. */
async function hookCheck(git: Git): Promise<DoctorCheck> {
  const printed = (await git.query(['rev-parse', '--git-path', 'hooks']))?.trim() ?? '.git/hooks';
  const hook = join(resolve(git.root, printed), 'pre-push');
  const ok = await callsLfs(hook);
  return {
    name: 'LFS hook of the project',
    ok,
    detail: ok
      ? 'takes are uploaded when you push'
      : `${hook} does not call Git LFS, so a push leaves takes behind`,
    ...(ok ? {} : { hint: `Add this line to ${hook} and make it executable: git lfs pre-push "$@"` }),
  };
}

async function callsLfs(hook: string): Promise<boolean> {
  try {
    return /git[ -]lfs/.test(await readFile(hook, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}
