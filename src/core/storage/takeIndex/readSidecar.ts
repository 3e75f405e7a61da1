import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { Take } from '../../model/take.ts';
import { parseJsonText } from '../jsonText.ts';
import { isSettled } from '../rememberedFiles.ts';
import { KnownTake } from './knownTake.ts';

const maxBytes = 64 * 1024 * 1024;

export interface SidecarLook {
  readonly name: string;
  /** Another whenever the file was changed or replaced. */
  readonly stamp: string;
  /** Whether a change from now on is sure to change the stamp. */
  readonly settled: boolean;
}

/** How a sidecar is now; undefined where it has gone, or where there is no file in its place. */
export function lookAtSidecar(folder: string, name: string): SidecarLook | undefined {
  const found = statsOf(join(folder, name));
  if (found?.isFile() !== true || found.size > maxBytes) return undefined;
  const { size, mtimeMs, ctimeMs } = found;
  return { name, stamp: `${size}:${mtimeMs}:${ctimeMs}`, settled: isSettled(found) };
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** What a sidecar says, by the same rules as `scanTakes`; undefined where it cannot be read. */
export function readSidecar(folder: string, name: string): KnownTake | undefined {
  const bytes = bytesOf(join(folder, name));
  const text = bytes === undefined ? undefined : decode(bytes);
  if (text === undefined) return undefined;
  const json = parseJsonText(text);
  const take = 'problem' in json ? undefined : Take.safeParse(json.value).data;
  return take && KnownTake.parse(take);
}

// A hundred thousand small files are read in a third of the time that promises take.
function bytesOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
