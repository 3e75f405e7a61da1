import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { PipelineRun } from '../../../core/ports/pipeline.ts';
import type { ContainerEngine, ContainerState } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';
import type { JobLog } from './jobLog.ts';
import { isHandedBack } from '../handedBack.ts';
import { readMessage, type Output } from './messages.ts';
import { outputLines } from './outputLines.ts';
import { printed, untilEnded } from './printed.ts';
import { failureOfExit, wasEndedFromOutside } from './verdict.ts';

const graceSeconds = 10;
const minute = 60_000;
/** So long an engine that stops may still answer. */
const leavingMs = 4_000;
const lookMs = 100;

interface Running {
  /** Asked nothing more once the job goes on elsewhere. */
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
  const unstopped = new AbortController();
  const stopper = stopWhen(running, { run: run.signal, limit, ended: ended.signal }, unstopped);
  const heeding = engine.heeding(unstopped.signal);
  try {
    const outputs = await readLog({ ...running, engine: heeding }, before, run);
    await untilEnded(heeding, container);
    const state = await endState(heeding, container);
    run.signal.throwIfAborted();
    if (limit.aborted) throw tookTooLong(definition);
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

function tookTooLong({ timeLimitMinutes }: ContainerDefinition): AuteurError {
  return new AuteurError('container-time-limit', { minutes: timeLimitMinutes });
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
  return { ...state, killedForMemory: await engine.ranOutOfMemory(state) };
}

/** One that stops ends its containers first, and answers until they have ended. @throws AuteurError `engine-not-running` */
export async function requireEngineThatStays(engine: ContainerEngine): Promise<void> {
  for (const until = performance.now() + leavingMs; performance.now() < until;) {
    await engine.ping();
    await sleep(lookMs);
  }
}

/** A clock that was put back gives no more than the whole time, one that was put forward no less than a tenth. */
export function timeLeft({ started }: Pick<ContainerState, 'started'>, limit: number): number {
  const used = Date.now() - started;
  return Math.round(Math.min(limit, Math.max(limit - used, limit / 10)));
}

interface Ends {
  readonly run: AbortSignal;
  readonly limit: AbortSignal;
  /** The container has ended by itself. */
  readonly ended: AbortSignal;
}

/**
 * Ends the container when its run or its time is over, unless it goes on elsewhere.
 * @param unstopped aborted where that cannot be done, as nobody need wait for it any longer then
 */
async function stopWhen(
  { engine, container, definition, warn }: Running,
  { run, limit, ended }: Ends,
  unstopped: AbortController,
): Promise<void> {
  await aborted(AbortSignal.any([run, limit, ended]));
  if (ended.aborted || isHandedBack(run)) return;
  try {
    await engine.stop(container, graceSeconds);
  } catch (error) {
    if (isHandedBack(run)) return;
    warn(`Container ${container} could not be stopped: ${toFailure(error).message}`);
    if (isEngineAway(error)) unstopped.abort(error);
    else unstopped.abort(run.aborted ? run.reason : tookTooLong(definition));
  }
}

/** Ends and removes one whose job has ended; it has its time for that, as whoever runs the job may be giving it. */
export async function endContainer(engine: ContainerEngine, container: string): Promise<void> {
  try {
    await engine.stop(container, graceSeconds);
  } catch (error) {
    // One that cannot be stopped may still be killed, which removing it does.
    if (isEngineAway(error)) throw error;
  }
  await engine.remove(container);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Its last result, once it prints no more; the whole log is read, from its first line. */
async function readLog(
  { engine, container, log }: Running,
  { running }: ContainerState,
  { onProgress }: Pick<PipelineRun, 'onProgress'>,
): Promise<readonly Output[] | undefined> {
  let outputs: readonly Output[] | undefined;
  const hasAll = (): boolean => outputs !== undefined;
  for await (const line of outputLines(printed({ engine, container, running, hasAll }))) {
    const message = readMessage(line);
    if (message.type === 'result') ({ outputs } = message);
    else if (message.type === 'progress')
      onProgress({ progress: Math.min(1, Math.max(0, message.progress)), step: message.step });
    else await log.add(message.message);
  }
  return outputs;
}
