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
    const { at, lasts, code } = this.#fault;
    if (this.#changes === at || (lasts && this.#changes > at))
      throw Object.assign(new Error(`${code}: played by a test`), { code });
    return () => undefined;
  }
}
