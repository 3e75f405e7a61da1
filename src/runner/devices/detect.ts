import { execFile } from 'node:child_process';
import { totalmem } from 'node:os';
import process from 'node:process';
import { promisify } from 'node:util';
import { appleDevices, appleQuery } from './apple.ts';
import type { Device } from './device.ts';
import { nvidiaDevices, nvidiaFree, nvidiaQuery } from './nvidia.ts';
import { readRenderNodes } from './renderNodes.ts';
import { amdDevices, amdQuery, rocmDevices, rocmQuery } from './rocm.ts';

/** A driver that hangs keeps nobody waiting longer than this. */
const patienceMs = 5_000;
const enough = 1024 * 1024;

const execute = promisify(execFile);

/** What a tool of a driver prints; nothing where it is not there, fails or hangs. */
export type AskTool = (program: string, args: readonly string[]) => Promise<string>;

export const askTool: AskTool = async (program, args) => {
  const options = {
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: enough,
    windowsHide: true,
  } as const;
  // Whatever keeps it from answering, it says nothing of a card.
  return execute(program, args, options).then(
    ({ stdout }) => stdout,
    () => '',
  );
};

/** The graphics cards of this machine, as the tools of their drivers tell. */
export async function detectDevices(
  ask: AskTool = askTool,
  { platform = process.platform, memoryBytes = totalmem(), renderNodes = readRenderNodes } = {},
): Promise<readonly Device[]> {
  if (platform === 'darwin') return appleDevices(await ask('system_profiler', appleQuery), memoryBytes);
  const [cards, list, rocm] = await Promise.all([
    ask('nvidia-smi', nvidiaQuery),
    ask('nvidia-smi', ['-L']),
    ask('rocm-smi', rocmQuery),
  ]);
  const nodes = await renderNodes();
  const amd = rocmDevices(rocm, nodes);
  // The newer tool is asked where the older one is not there any more.
  const amdCards = amd.length > 0 ? amd : amdDevices(await ask('amd-smi', amdQuery), nodes);
  return [...nvidiaDevices(cards, list), ...amdCards];
}

/** Free megabytes of the cards that tell, by what the engine knows them by. */
export async function measureFree(ask: AskTool = askTool): Promise<ReadonlyMap<string, number>> {
  return nvidiaFree(await ask('nvidia-smi', nvidiaQuery));
}
