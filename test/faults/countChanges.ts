import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { DiskWatcher } from './disk.ts';

/** Counts the changes of the disk and writes the number down when the process ends. */
export function countChanges(report: string): DiskWatcher {
  let changes = 0;
  process.on('exit', () => {
    writeFileSync(report, String(changes));
  });
  return {
    begin: () => () => {
      changes += 1;
    },
  };
}
