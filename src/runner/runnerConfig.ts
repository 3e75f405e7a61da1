import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AuteurError } from '../core/errors.ts';
import { DeviceDeclaration, RunnerSettings, type RunnerWishes } from '../core/model/runnerSettings.ts';
import { readOwnJsonFile } from '../core/storage/jsonFile.ts';
import { isThere } from '../core/storage/locate.ts';

/** How jobs are run here: what the window was set to, else `runner.json` in the state folder, else what is usual; the cards the other way round. */
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
    const ofFile = await this.#readFile();
    const { devices = this.#wishes.devices } = ofFile;
    const settings = RunnerSettings.safeParse({ ...ofFile, ...this.#wishes, devices });
    if (settings.success) return settings.data;
    const [issue] = settings.error.issues;
    const name = issue?.path.map(String).join('.') ?? '';
    throw new AuteurError('runner-setting-invalid', { name, reason: issue?.message ?? 'wrong shape' });
  }

  /**
   * Where the cards are declared. They are the machine's, so those of the file count before those of a window: whatever
   * runs jobs must know the same ones.
   */
  async devicesFrom(): Promise<{ readonly from: 'file' | 'window'; readonly overruled: boolean }> {
    const { devices } = await this.#readFile();
    const wished = this.#wishes.devices;
    if (devices === undefined) return { from: 'window', overruled: false };
    const same = DeviceDeclaration.array().safeParse(wished);
    return {
      from: 'file',
      overruled: wished !== undefined && wished !== null && !isDeepStrictEqual(same.data, devices),
    };
  }

  async #readFile(): Promise<RunnerSettings> {
    if (!(await isThere(this.#file))) return RunnerSettings.parse({});
    return (await readOwnJsonFile(this.#file, RunnerSettings)).value;
  }
}
