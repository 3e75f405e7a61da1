import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../../core/errors.ts';
import { isReadOnly } from '../../core/storage/readOnlyFilm.ts';
import { failed, fine, type Finding } from './check.ts';

/** Where the store, the recorder and Git write. */
const written = [
  '.',
  '.auteur',
  '.git',
  '01_Assets',
  '02_Source_Creative',
  '02_Source_Creative/ShotLists',
  '03_Renders',
];

/** On a read-only disk, or in a folder of another user, a film can only be looked at. */
export async function folderFinding(root: string): Promise<Finding> {
  for (const name of written) {
    const path = join(root, name);
    if (await isWritable(path)) continue;
    const { message, hint } = new AuteurError('film-read-only', { root: path });
    return failed(message, hint);
  }
  return fine('can be written');
}

/** What is not there is for others to judge. */
async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch (error) {
    if (isReadOnly(error)) return false;
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return true;
    throw error;
  }
}
