import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { AuteurError, toFailure } from '../core/errors.ts';
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
  const filter = (await git.query(['config', '--get', 'filter.lfs.process']))?.trim() ?? '';
  const attributes =
    (await git.query(['check-attr', 'filter', '--', 'take.png']))?.includes('filter: lfs') ?? false;
  return [
    {
      name: 'LFS filter of the project',
      ok: filter !== '',
      detail: filter === '' ? 'not set, so media would enter Git as plain files' : filter,
      ...(filter === '' ? { hint: `Run "git lfs install --local" in ${root}.` } : {}),
    },
    {
      name: 'LFS attributes of the project',
      ok: attributes,
      detail: attributes ? 'pictures go to Git LFS' : '.gitattributes does not send pictures to Git LFS',
      ...(attributes ? {} : { hint: 'Bring it back with "git checkout -- .gitattributes".' }),
    },
  ];
}
