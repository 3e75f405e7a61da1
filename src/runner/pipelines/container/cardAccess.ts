import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AuteurError } from '../../../core/errors.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { cdiName } from '../../containers/engineGraphics.ts';
import type { Device } from '../../devices/device.ts';
import type { CardAccess } from './containerSpec.ts';

/**
 * How a card of this machine is handed to a container of an engine.
 * @throws AuteurError `card-unusable`
 */
export async function cardAccess(
  engine: ContainerEngine,
  device: Device | undefined,
): Promise<CardAccess | undefined> {
  if (device?.access === 'rocm' && (await engine.isLocal())) {
    const reason = await unusable(engine, device);
    if (reason !== undefined) throw reason;
    return { ...device, groups: await groupsOf(rocmPaths(device)) };
  }
  if (device?.access !== 'nvidia') return device;
  const graphics = await engine.graphics();
  const cdi = graphics.runtime ? undefined : cdiName(device, graphics);
  return cdi === undefined ? device : { ...device, cdi };
}

function rocmPaths({ deviceId }: Device): readonly string[] {
  return ['/dev/kfd', deviceId];
}

/** The numbers of the groups that files belong to, each once. */
export async function groupsOf(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => stat(path)));
  return [...new Set(found.map(({ gid }) => String(gid)))];
}

/** Why a container of this engine gets not at a card; undefined where it does. */
export async function unusable(engine: ContainerEngine, device: Device): Promise<AuteurError | undefined> {
  const { name: card, access } = device;
  if (device.unusable !== undefined)
    return new AuteurError('card-unusable', { card, reason: device.unusable });
  if (access === 'none' || !(await engine.isLocal())) return undefined;
  if (access === 'nvidia') return withoutRuntime(engine, device);
  const missing = rocmPaths(device).find((path) => !existsSync(path));
  if (missing === undefined) return undefined;
  return new AuteurError('card-unusable', { card, reason: `${missing} is not on this machine` });
}

async function withoutRuntime(engine: ContainerEngine, device: Device): Promise<AuteurError | undefined> {
  const graphics = await engine.graphics();
  if (graphics.runtime || cdiName(device, graphics) !== undefined) return undefined;
  const reason = graphics.told;
  return new AuteurError('gpu-no-runtime', { card: device.name, address: await engine.address(), reason });
}
