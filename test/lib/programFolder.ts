import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';

/** A folder that holds these programs of this machine and nothing else, to be the whole PATH of a test. */
export function programFolder(folder: string, programs: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  for (const program of programs) symlinkSync(pathOf(program), join(folder, basename(program)));
  return folder;
}

/** Where the PATH has a program. */
export function pathOf(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${program} is not on the PATH`);
  return realpathSync(found);
}
