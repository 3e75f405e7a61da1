import type { Card } from '../../core/ports/jobQueue.ts';
import type { DeviceDeclaration } from '../../core/model/runnerSettings.ts';
import type { RunnerConfig } from '../runnerConfig.ts';

/** A graphics card of this machine. */
export interface Device {
  /** What the queue knows it by. */
  readonly id: string;
  readonly name: string;
  readonly vramGb: number;
  readonly access: DeviceDeclaration['access'];
  /** What the container engine knows it by. */
  readonly deviceId: string;
  /** False where no container gets at it. */
  readonly forContainers?: boolean;
}

/** How cards are found and measured. */
export interface DeviceTools {
  readonly detect: () => Promise<readonly Device[]>;
  /** Free megabytes, by what the engine knows the card by. */
  readonly measureFree: () => Promise<ReadonlyMap<string, number>>;
}

/** Where no card was found, they are looked for again after so long. */
const againMs = 60_000;
/** For so long what was measured is taken to be so. */
const freshMs = 5_000;

/** The graphics cards of this machine: those the user has declared, else those that are found. */
export class Devices {
  readonly #config: RunnerConfig;
  readonly #tools: DeviceTools;
  #found: { readonly at: number; readonly devices: Promise<readonly Device[]> } | undefined;
  #measured: { readonly at: number; readonly free: Promise<ReadonlyMap<string, number>> } | undefined;

  constructor(config: RunnerConfig, tools: DeviceTools) {
    this.#config = config;
    this.#tools = tools;
  }

  async list(): Promise<readonly Device[]> {
    const { devices } = await this.#config.read();
    if (devices !== undefined) return devices.map(declared);
    // A driver may have been too slow to answer, or just be installed.
    if (this.#found !== undefined && performance.now() - this.#found.at > againMs) {
      if ((await this.#found.devices).length === 0) this.#found = undefined;
    }
    this.#found ??= { at: performance.now(), devices: this.#tools.detect() };
    return this.#found.devices;
  }

  /** The cards as the queue hands them out. */
  async cards(): Promise<readonly Card[]> {
    const devices = await this.list();
    const free = devices.some(({ access }) => access === 'nvidia') ? await this.#measure() : undefined;
    return devices.map(({ id, name, vramGb, deviceId }) => {
      const card = { id, name, vramMb: Math.round(vramGb * 1024) };
      const freeMb = free?.get(deviceId);
      return freeMb === undefined ? card : { ...card, freeMb };
    });
  }

  #measure(): Promise<ReadonlyMap<string, number>> {
    const known = this.#measured;
    if (known !== undefined && performance.now() - known.at < freshMs) return known.free;
    const free = this.#tools.measureFree();
    this.#measured = { at: performance.now(), free };
    return free;
  }

  async find(id: string): Promise<Device | undefined> {
    return (await this.list()).find((device) => device.id === id);
  }
}

function declared({ id, name, vramGb, access, deviceId }: DeviceDeclaration): Device {
  return { id, name: name ?? id, vramGb, access, deviceId: deviceId ?? id.replace(/\D+/g, '') };
}
