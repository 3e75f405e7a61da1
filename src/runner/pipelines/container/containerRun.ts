import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import { RunEnd, type PipelineRun } from '../../../core/ports/pipeline.ts';
import type { ContainerEngine, ContainerState } from '../../containers/containerEngine.ts';
import { demultiplexed } from '../../containers/demultiplexed.ts';
import type { JobLog } from './jobLog.ts';
import { isHandedBack } from '../handedBack.ts';
import { readMessage, type Output } from './messages.ts';
import { outputLines } from './outputLines.ts';
import { failureOfExit, wasEndedFromOutside } from './verdict.ts';

const graceSeconds = 10;
const minute = 60_000;
/** So long an engine that stops may still answer. */
const leavingMs = 4_000;
const lookMs = 100;

interface Running {
  readonly engine: ContainerEngine;
  readonly container: string;
  readonly definition: ContainerDefinition;
  readonly log: JobLog;
  /** What could not be done, and does not change what becomes of the job. */
  readonly warn: (line: string) => void;
}

/**
 * Follows a container that was started until it has ended, and returns what it says it has made.
 * @throws AuteurError `container-*`, `gpu-out-of-memory`, `engine-*`; the signal's reason where that came first
 */
export async function followContainer(
  running: Running,
  run: Pick<PipelineRun, 'signal' | 'onProgress'>,
): Promise<readonly Output[]> {
  const { engine, container, definition, log } = running;
  const before = await requireState(engine, container);
  const limit = AbortSignal.timeout(timeLeft(before, definition.timeLimitMinutes * minute));
  const ended = new AbortController();
  const stopper = stopWhen(running, AbortSignal.any([run.signal, limit]), ended.signal);
  try {
    const outputs = await readLog(running, run);
    await engine.wait(container);
    const state = await endState(engine, container);
    run.signal.throwIfAborted();
    if (limit.aborted)
      throw new AuteurError('container-time-limit', { minutes: definition.timeLimitMinutes });
    const failure = failureOfExit(state, definition, log.last);
    if (failure !== undefined) {
      if (wasEndedFromOutside(state)) await requireEngineThatStays(engine);
      throw failure;
    }
    if (outputs === undefined) throw new AuteurError('container-no-result');
    return outputs;
  } finally {
    ended.abort();
    await stopper;
  }
}

/** One that was removed behind our back leaves nothing to look at. */
async function requireState(engine: ContainerEngine, container: string): Promise<ContainerState> {
  const state = await engine.state(container);
  if (state === undefined) throw new AuteurError('container-killed', { reason: 'it was removed' });
  return state;
}

async function endState(engine: ContainerEngine, container: string): Promise<ContainerState> {
  const state = await requireState(engine, container);
  if (state.exitCode === 0 || state.killedForMemory) return state;
  return { ...state, killedForMemory: await engine.ranOutOfMemory(container, state.started) };
}

/** One that stops ends its containers first, and answers until they have ended. @throws AuteurError `engine-not-running` */
async function requireEngineThatStays(engine: ContainerEngine): Promise<void> {
  for (const until = performance.now() + leavingMs; performance.now() < until;) {
    await engine.ping();
    await sleep(lookMs);
  }
}

/** A clock that was put back gives no more than the whole time, one that was put forward no less than a tenth. */
function timeLeft({ started }: ContainerState, limit: number): number {
  const used = Date.now() - started;
  return Math.round(Math.min(limit, Math.max(limit - used, limit / 10)));
}

/** Ends the container when the signal says so, unless it goes on elsewhere. */
async function stopWhen(
  { engine, container, warn }: Running,
  signal: AbortSignal,
  ended: AbortSignal,
): Promise<void> {
  await aborted(AbortSignal.any([signal, ended]));
  if (ended.aborted) return;
  if (isHandedBack(signal)) return;
  try {
    await engine.stop(container, graceSeconds);
  } catch (error) {
    warn(`Container ${container} could not be stopped: ${toFailure(error).message}`);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Its last result, once it prints no more; the whole log is read, from its first line. */
async function readLog(
  { engine, container, log }: Running,
  { signal, onProgress }: Pick<PipelineRun, 'signal' | 'onProgress'>,
): Promise<readonly Output[] | undefined> {
  const stream = await engine.logs(container);
  const leave = (): void => {
    if (isHandedBack(signal)) stream.leave(new RunEnd('handed-back'));
  };
  signal.addEventListener('abort', leave, { once: true });
  leave();
  let outputs: readonly Output[] | undefined;
  try {
    for await (const line of outputLines(demultiplexed(stream.chunks))) {
      const message = readMessage(line);
      if (message.type === 'result') ({ outputs } = message);
      else if (message.type === 'progress')
        onProgress({ progress: Math.min(1, Math.max(0, message.progress)), step: message.step });
      else await log.add(message.message);
    }
  } finally {
    signal.removeEventListener('abort', leave);
  }
  return outputs;
}
