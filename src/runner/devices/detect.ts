import { execFile } from 'node:child_process';
import { totalmem } from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { appleDevices, appleQuery } from './apple.ts';
import type { Device } from './device.ts';
import { nvidiaDevices, nvidiaFree, nvidiaQuery } from './nvidia.ts';
import { readRenderNodes } from './renderNodes.ts';
import { amdDevices, amdQuery, rocmDevices, rocmQuery } from './rocm.ts';

/** A driver that hangs keeps nobody waiting longer than this. */
const patienceMs = 5_000;
/** So long it may take to end one. */
const killMs = 1_000;
const enough = 1024 * 1024;

const execute = promisify(execFile);

/** What a tool of a driver prints; nothing where it is not there, fails or hangs. */
export type AskTool = (program: string, args: readonly string[]) => Promise<string>;

export const askTool = patientAsker((program, args) => {
  const options = {
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: enough,
    windowsHide: true,
  } as const;
  const answer = execute(program, args, options);
  const giveUp = (): void => {
    answer.child.unref();
  };
  // Whatever keeps it from answering, it says nothing of a card.
  return {
    answer: answer.then(
      ({ stdout }) => stdout,
      () => '',
    ),
    giveUp,
  };
}, patienceMs + killMs);

interface Asked {
  readonly answer: Promise<string>;
  /** Keeps this process from waiting for its end. */
  readonly giveUp: () => void;
}

/**
 * One that waits within a driver that hangs does not even end when it is killed: it counts as silent, and is not asked
 * once more until it has ended.
 */
export function patientAsker(
  ask: (program: string, args: readonly string[]) => Asked,
  limitMs: number,
): AskTool {
  const hanging = new Set<string>();
  return async (program, args) => {
    const key = [program, ...args].join(' ');
    if (hanging.has(key)) return '';
    const { answer, giveUp } = ask(program, args);
    const timer = new AbortController();
    const limit = sleep(limitMs, undefined, { signal: timer.signal }).catch(() => undefined);
    const said = await Promise.race([answer, limit]);
    timer.abort();
    if (said !== undefined) return said;
    hanging.add(key);
    void answer.then(() => hanging.delete(key));
    giveUp();
    return '';
  };
}

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
