import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { syncFolder } from '../atomicFile.ts';
import { makeOwnFolder } from '../ownFolder.ts';

/** What rename says of a folder that has something in it. */
const taken = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM']);
const mostInOneSecond = 1000;

/**
 * Makes a folder of `06_Exports` that is named after the moment; it appears whole or not at all.
 * @returns its absolute path
 */
export async function makeExport(root: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const parent = await makeOwnFolder(root, '06_Exports');
  const building = join(parent, `.export-${randomUUID()}.tmp`);
  await mkdir(building);
  try {
    await fill(building);
    await syncFolder(building);
    const path = await nameIt(building, parent);
    await syncFolder(parent);
    return path;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

async function nameIt(building: string, parent: string): Promise<string> {
  const moment = momentName(new Date());
  for (let count = 1; ; count++) {
    const path = join(parent, count === 1 ? moment : `${moment}_${count}`);
    try {
      await rename(building, path);
      return path;
    } catch (error) {
      if (!taken.has(systemCode(error) ?? '') || count > mostInOneSecond) throw error;
    }
  }
}

/** `2026-11-25_21-04-05`, by the clock on the wall, in signs that every system takes in a name. */
export function momentName(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day}_${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('-')}`;
}
