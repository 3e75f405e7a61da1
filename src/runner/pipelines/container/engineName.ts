import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { systemCode } from '../../../core/errors.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';

/** What an engine is known by: its address, where one socket has several paths (`/var/run` and `/run`) the real one. */
export async function engineName(engine: Pick<ContainerEngine, 'address'>): Promise<string> {
  const address = await engine.address();
  if (!isAbsolute(address)) return address;
  const folder = await realPathOf(dirname(address));
  // The socket itself may be a link; it is gone while no engine runs.
  return (await realPathOf(address)) ?? (folder === undefined ? address : join(folder, basename(address)));
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
