import type { DeviceDeclaration } from '../../core/model/runnerSettings.ts';

/** A graphics card of this machine. */
export interface Device {
  /** What people know it by. */
  readonly id: string;
  /** Which card it is, whoever names it and however: what the queue knows it by. */
  readonly lane: string;
  readonly name: string;
  readonly vramGb: number;
  readonly access: DeviceDeclaration['access'];
  /** What the container engine knows it by. */
  readonly deviceId: string;
  /** Its place in the list of `nvidia-smi`. */
  readonly index?: number;
  /** Why no container gets at it. */
  readonly unusable?: string;
}
