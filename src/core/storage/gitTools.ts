import { AuteurError } from '../errors.ts';
import { Git, GitFailure } from './git.ts';

export interface GitTools {
  readonly git: string;
  readonly lfs: string;
}

/**
 * Checks that takes can be recorded on this machine: Git, Git LFS and an identity.
 * @throws AuteurError `git-missing`, `lfs-missing`, `git-identity-missing`
 */
export async function requireGitTools(folder: string): Promise<GitTools> {
  const git = await gitVersion(folder);
  const lfs = await lfsVersion(folder);
  await requireIdentity(folder);
  return { git, lfs };
}

export async function gitVersion(folder: string): Promise<string> {
  return (await new Git(folder).run(['--version'])).replace(/^git version\s*/, '').trim();
}

export async function lfsVersion(folder: string): Promise<string> {
  try {
    // Where Git LFS is not installed, Git would run an alias of that name, which a folder may bring.
    return (await new Git(folder).run(['-c', 'alias.lfs=lfs-is-not-installed', 'lfs', 'version'])).trim();
  } catch (error) {
    if (error instanceof GitFailure) throw new AuteurError('lfs-missing', {}, { cause: error });
    throw error;
  }
}

export async function requireIdentity(folder: string): Promise<string> {
  try {
    const git = new Git(folder);
    await git.run(['var', 'GIT_AUTHOR_IDENT']);
    const identity = (await git.run(['var', 'GIT_COMMITTER_IDENT'])).trim();
    return identity.replace(/ \d+ [+-]\d{4}$/, '');
  } catch (error) {
    if (error instanceof GitFailure) throw new AuteurError('git-identity-missing', {}, { cause: error });
    throw error;
  }
}
