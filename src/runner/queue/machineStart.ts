import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { systemCode } from '../../core/errors.ts';

const bootIdFile = '/proc/sys/kernel/random/boot_id';
/** Two clocks tell when the machine was started: the one that users set and the one that counts from then. */
const clocksDifferMs = 60_000;

/** What tells this start of the machine from those before: an id, else when it was. */
export async function machineStart(file = bootIdFile): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    // Only Linux has it.
    if (systemCode(error) === undefined) throw error;
    return new Date(Date.now() - uptime() * 1000).toISOString();
  }
}

export function isSameStart(one: string, other: string): boolean {
  return one === other || Math.abs(Date.parse(one) - Date.parse(other)) < clocksDifferMs;
}
