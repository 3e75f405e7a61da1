import { AuteurError } from '../../../core/errors.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { ContainerState } from '../../containers/containerEngine.ts';

const signalled = 128;
const sigkill = 9;

/** By SIGKILL, by SIGTERM, by an engine or machine that went away; nothing of the program's own. */
export function wasEndedFromOutside({ exitCode, killedForMemory }: ContainerState): boolean {
  return !killedForMemory && [137, 143, 255].includes(exitCode);
}

/** What the end of a container means for its job: nothing where it ended well. */
export function failureOfExit(
  state: ContainerState,
  { memoryGb }: ContainerDefinition,
  lastLines: string,
): AuteurError | undefined {
  const { exitCode, killedForMemory, error } = state;
  if (exitCode === 0) return undefined;
  if (killedForMemory) return new AuteurError('container-out-of-memory', { limit: memoryGb });
  const reason = lastLines === '' ? error || 'it said nothing' : lastLines;
  if (/out of memory/i.test(lastLines) && /cuda|hip|gpu|vram|torch/i.test(lastLines))
    return new AuteurError('gpu-out-of-memory', { reason });
  // 137 is SIGKILL, whoever sent it; the kernel's own for want of memory is told above.
  if (exitCode === signalled + sigkill) return new AuteurError('container-killed', { reason: 'SIGKILL' });
  return new AuteurError('container-failed', { exitCode, reason });
}
