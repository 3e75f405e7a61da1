import type { Card } from '../../core/ports/jobQueue.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import type { Device } from './device.ts';
import { declaredDevices, type DeclaredDevices } from './declared.ts';

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

  /** @throws AuteurError `runner-setting-invalid` */
  async list(): Promise<readonly Device[]> {
    return (await this.#look()).devices;
  }

  /** What of the declared cards does not count, in sentences. */
  async notices(): Promise<readonly string[]> {
    return (await this.#look()).notices;
  }

  async #look(): Promise<DeclaredDevices> {
    const { devices: declarations } = await this.#config.read();
    if (declarations === undefined) return { devices: await this.#detected(), notices: [] };
    const source = await this.#config.devicesFrom();
    // Which of the cards of this machine they are, whatever they are called.
    const found = declarations.length === 0 ? [] : await this.#detected();
    return declaredDevices({ declarations, ...source }, found);
  }

  async #detected(): Promise<readonly Device[]> {
    // A driver may have been too slow to answer, or just be installed.
    if (this.#found !== undefined && performance.now() - this.#found.at > againMs) {
      if ((await this.#found.devices).length === 0) this.#found = undefined;
    }
    this.#found ??= { at: performance.now(), devices: this.#detect() };
    return this.#found.devices;
  }

  async #detect(): Promise<readonly Device[]> {
    try {
      return await this.#tools.detect();
    } catch (error) {
      // The next look tries once more.
      this.#found = undefined;
      throw error;
    }
  }

  /** The cards as the queue hands them out. */
  async cards(): Promise<readonly Card[]> {
    const all = await this.list();
    const usable = all.filter(({ unusable }) => unusable === undefined);
    // One that no container gets at is still one that ComfyUI may run on, beside containers on none.
    const devices = usable.length === 0 ? all : usable;
    const free = devices.some(({ access }) => access === 'nvidia') ? await this.#measure() : undefined;
    return devices.map(({ lane, name, vramGb, deviceId }) => {
      const card = { id: lane, name, vramMb: Math.round(vramGb * 1024) };
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

  /** By its lane. */
  async find(lane: string): Promise<Device | undefined> {
    return (await this.list()).find((device) => device.lane === lane);
  }
}
