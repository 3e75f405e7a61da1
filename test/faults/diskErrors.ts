import { writeFileSync } from 'node:fs';
import type { DiskWatcher } from './disk.ts';
import type { DiskError } from './fault.ts';

/** Refuses a change of the disk the way the system does. */
export class DiskErrors implements DiskWatcher {
  readonly #fault: DiskError;
  #changes = 0;

  constructor(fault: DiskError) {
    this.#fault = fault;
  }

  begin(): () => void {
    this.#changes += 1;
    const { at, lasts, code, report } = this.#fault;
    if (this.#changes < at || (this.#changes > at && !lasts)) return () => undefined;
    writeFileSync(report, code);
    throw Object.assign(new Error(`${code}: played by a test`), { code });
  }
}
