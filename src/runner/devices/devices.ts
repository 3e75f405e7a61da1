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
}

/** The graphics cards of this machine: those the user has declared, else those that are found. */
export class Devices {
  readonly #config: RunnerConfig;
  readonly #detect: () => Promise<readonly Device[]>;
  #found: Promise<readonly Device[]> | undefined;

  constructor(config: RunnerConfig, detect: () => Promise<readonly Device[]>) {
    this.#config = config;
    this.#detect = detect;
  }

  async list(): Promise<readonly Device[]> {
    const { devices } = await this.#config.read();
    if (devices !== undefined) return devices.map(declared);
    this.#found ??= this.#detect();
    return this.#found;
  }

  async find(id: string): Promise<Device | undefined> {
    return (await this.list()).find((device) => device.id === id);
  }
}

function declared({ id, name, vramGb, access, deviceId }: DeviceDeclaration): Device {
  return { id, name: name ?? id, vramGb, access, deviceId: deviceId ?? id.replace(/\D+/g, '') };
}
