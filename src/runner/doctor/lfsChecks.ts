import type { DoctorCheck } from '../../core/protocol/views.ts';
import { Git } from '../../core/storage/git.ts';
import { lfsVersion } from '../../core/storage/gitTools.ts';
import { check, fine } from './check.ts';
import { hookFinding } from './hookFinding.ts';
import { attributesFinding, filterFinding } from './lfsFindings.ts';
import { plainMediaFinding } from './mediaFindings.ts';

/** What a project needs so that its media are stored in Git LFS; asked when it is opened. */
export async function lfsChecks(root: string): Promise<readonly DoctorCheck[]> {
  const git = new Git(root);
  await git.requireRepository();
  const lfs = await check('Git LFS', async () => fine(await lfsVersion(root)), root);
  return [
    lfs,
    await check('LFS filters', () => filterFinding(git), root),
    await check('LFS attributes', () => attributesFinding(git), root),
    await check('LFS hooks', () => hookFinding(git), root),
    await check('Media in Git', () => plainMediaFinding(git), root),
  ];
}
