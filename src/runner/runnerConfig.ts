import { join } from 'node:path';
import { RunnerSettings } from '../core/model/runnerSettings.ts';
import { isThere } from '../core/storage/locate.ts';
import { readOwnJsonFile } from '../core/storage/jsonFile.ts';

/** How jobs are run here: what the window was set to, else `runner.json` in the state folder, else what is usual. */
export class RunnerConfig {
  readonly #file: string;
  #ofWindow: Partial<RunnerSettings>;

  constructor(home: string, ofWindow: Partial<RunnerSettings> = {}) {
    this.#file = join(home, 'runner.json');
    this.#ofWindow = ofWindow;
  }

  /** The settings of the window, which count before those of the file. */
  set(ofWindow: Partial<RunnerSettings>): void {
    this.#ofWindow = ofWindow;
  }

  /** @throws AuteurError `file-unreadable` and its like */
  async read(): Promise<RunnerSettings> {
    const ofFile = (await isThere(this.#file))
      ? (await readOwnJsonFile(this.#file, RunnerSettings)).value
      : RunnerSettings.parse({});
    return { ...ofFile, ...this.#ofWindow };
  }
}
