import { join } from 'node:path';
import { AuteurError } from '../core/errors.ts';
import { RunnerSettings, type RunnerWishes } from '../core/model/runnerSettings.ts';
import { readOwnJsonFile } from '../core/storage/jsonFile.ts';
import { isThere } from '../core/storage/locate.ts';

/** How jobs are run here: what the window was set to, else `runner.json` in the state folder, else what is usual. */
export class RunnerConfig {
  readonly #file: string;
  #wishes: RunnerWishes;

  constructor(home: string, wishes: RunnerWishes = {}) {
    this.#file = join(home, 'runner.json');
    this.#wishes = wishes;
  }

  /** What the settings of the window say now, each of which counts before that of the file. */
  set(wishes: RunnerWishes): void {
    this.#wishes = wishes;
  }

  /** @throws AuteurError `runner-setting-invalid`; `file-unreadable` and its like */
  async read(): Promise<RunnerSettings> {
    const ofFile = (await isThere(this.#file))
      ? (await readOwnJsonFile(this.#file, RunnerSettings)).value
      : RunnerSettings.parse({});
    const settings = RunnerSettings.safeParse({ ...ofFile, ...this.#wishes });
    if (settings.success) return settings.data;
    const [issue] = settings.error.issues;
    const name = issue?.path.map(String).join('.') ?? '';
    throw new AuteurError('runner-setting-invalid', { name, reason: issue?.message ?? 'wrong shape' });
  }
}
