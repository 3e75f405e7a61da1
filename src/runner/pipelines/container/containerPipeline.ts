import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import { LeftBehind, RunEnd, type PipelineOutput, type PipelineRun } from '../../../core/ports/pipeline.ts';
import { isEngineAway, isMissingMount } from '../../containers/engineErrors.ts';
import { whenHandedBack } from '../handedBack.ts';
import {
  isConflict,
  type ContainerEngine,
  type ContainerOptions,
  type ContainerState,
} from '../../containers/containerEngine.ts';
import { passed } from '../../../core/storage/steps.ts';
import { libraryFolder } from '../../../core/storage/libraryFolder.ts';
import { endContainer, followContainer } from './containerRun.ts';
import { unlessEngineLeaves } from './leavingEngine.ts';
import type { ContainerMarks } from './containerMarks.ts';
import { attemptOf, containerSpec, homeLabel, labels, type CardAccess } from './containerSpec.ts';
import type { ImageWord } from '../userWord.ts';
import { ensureImage } from './images.ts';
import { fillJobFolder, inputsOf, jobFolderOf, type JobFolder } from './jobFolder.ts';
import { JobLog } from './jobLog.ts';
import { logFileOf } from './jobLogs.ts';
import { wasEndedFromOutside } from './verdict.ts';
import { takeResult } from './resultFiles.ts';

export interface ContainerNeeds {
  readonly engine: ContainerEngine;
  /** The state folder of the queue. */
  readonly home: string;
  /** The folder with what the images of Auteur's own pipelines are built from. */
  readonly shipped: string;
  readonly marks: ContainerMarks;
  /** What the user has said may be fetched and run. */
  readonly word: ImageWord;
  /** How a card of this machine is handed over. */
  readonly card: (device: string) => Promise<CardAccess | undefined>;
  readonly log: (line: string) => void;
}

type Definition = ContainerDefinition;

/**
 * Runs a job in a container of its own. The container is known by the job and outlives this process: whoever takes the
 * job up finds it, follows its log from the first line, and takes its result.
 */
export async function runInContainer(
  needs: ContainerNeeds,
  definition: Definition,
  run: PipelineRun,
): Promise<PipelineOutput> {
  const { job, signal, onProgress } = run;
  const engine = needs.engine.heeding(whenHandedBack(signal));
  let opened: JobLog | undefined;
  let container: Started | undefined;
  try {
    const log = await JobLog.open(logFileOf(needs.home, job.id), (error) => {
      needs.log(`The log of job ${job.id} is not complete: ${toFailure(error).message}`);
    });
    opened = log;
    container = await findOrStart({
      ...{ needs: { ...needs, engine }, definition, run },
      say: (line) => log.note(line),
    });
    const { id, image, folder } = container;
    const running = { engine, container: id, definition, log, warn: needs.log };
    const outputs = await followContainer(running, { signal, onProgress });
    passed('container.ended');
    const files = await takeResult(outputs, { from: folder.output, to: run.outputDir, signal });
    passed('result.taken');
    const tidy = async (): Promise<void> => {
      await tidyUp(needs, run, id);
    };
    const inputs = await inputsOf(folder);
    return { files, inputs, drawsTakeNumber: false, version: image, onKept: tidy };
  } catch (caught) {
    const error = await unlessEngineLeaves(engine, caught);
    const isGone = !isLeftRunning(error) && (await tidyUp(needs, run, container?.id));
    throw isGone ? error : new LeftBehind(error);
  } finally {
    await opened?.close();
  }
}

/** The job goes on elsewhere, or its engine is away: what runs may be rejoined. */
function isLeftRunning(error: unknown): boolean {
  if (error instanceof RunEnd) return error.why === 'handed-back';
  return isEngineAway(error);
}

interface Wish {
  /** What is told before the container speaks for itself. */
  readonly say: (line: string) => Promise<void>;
  readonly needs: ContainerNeeds;
  readonly definition: Definition;
  readonly run: PipelineRun;
}

interface Started {
  readonly id: string;
  /** The digest of its image. */
  readonly image: string;
  readonly folder: JobFolder;
}

/** Another process may have the name for a moment, between its making a container and its starting it. */
const tries = 3;

/** @throws RunEnd `handed-back` where the job was taken up anew meanwhile */
async function findOrStart(wish: Wish): Promise<Started> {
  const { needs, run } = wish;
  for (let left = tries; ; left -= 1) {
    const found = await containerOf(wish);
    if (found !== undefined) {
      const attempt = attemptOf(found);
      if (attempt > run.attempt) throw new RunEnd('handed-back');
      if (canBeRejoined(found))
        return { id: found.id, image: found.image, folder: await jobFolderOf(run.job, attempt) };
      await needs.engine.remove(found.id);
    }
    try {
      return await start(wish);
    } catch (error) {
      // Another process was quicker by a moment.
      if (!isConflict(error) || left === 0) throw error;
    }
  }
}

/** That of the newest attempt, where there are several. */
async function containerOf({ needs, run }: Wish): Promise<ContainerState | undefined> {
  const all = await needs.engine.withLabels({ [labels.job]: run.job.id });
  const [newest] = [...all].sort((a, b) => attemptOf(b) - attemptOf(a));
  return newest && needs.engine.state(newest.id);
}

/** One that never started, or that was ended with its machine or engine, is started anew. */
function canBeRejoined(state: ContainerState): boolean {
  return state.running || (!state.fresh && !wasEndedFromOutside(state));
}

async function start({ needs, definition, run, say }: Wish): Promise<Started> {
  const { engine, home, shipped, word } = needs;
  const { job, attempt, signal } = run;
  const image = await ensureImage({ engine, home, shipped, word, definition, run, say });
  signal.throwIfAborted();
  await needs.marks.add(job, attempt, engine);
  passed('container.marked');
  const folder = await jobFolderOf(job, attempt);
  await fillJobFolder(folder, job, run.takeNumber);
  const spec = containerSpec({
    ...{ job, attempt, definition, image, folder },
    home: await homeLabel(home),
    models: await libraryFolder(job.projectRoot, 'AI_Models'),
    card: run.device === undefined ? undefined : await cardOf(needs, run.device),
    rootless: await engine.isRootless(),
  });
  signal.throwIfAborted();
  const id = await create(engine, spec);
  passed('container.made');
  try {
    if (!(await engine.isLocal())) await requireSameFiles(engine, id, job);
    await engine.start(id);
    passed('container.started');
  } catch (error) {
    if (!isLeftRunning(error)) await engine.remove(id);
    throw error;
  }
  return { id, image, folder };
}

/** Without it, the container would do without a card. @throws AuteurError `gpu-missing` */
async function cardOf(needs: ContainerNeeds, device: string): Promise<CardAccess> {
  const card = await needs.card(device);
  if (card === undefined) throw new AuteurError('gpu-missing', { reason: `${device} is not found any more` });
  return card;
}

async function create(engine: ContainerEngine, spec: ContainerOptions): Promise<string> {
  try {
    return await engine.create(spec);
  } catch (error) {
    if (!isMissingMount(error) || (await engine.isLocal())) throw error;
    throw new AuteurError('engine-elsewhere', { address: await engine.address() }, { cause: error });
  }
}

/** @throws AuteurError `engine-elsewhere` where the container would not see what we have just written */
async function requireSameFiles(engine: ContainerEngine, id: string, job: JobRequest): Promise<void> {
  const seen = await engine.readFile(id, '/auteur/job.json');
  if (seen?.includes(job.id) === true) return;
  throw new AuteurError('engine-elsewhere', { address: await engine.address() });
}

/**
 * Removes the container, where it is known, else all that may be there, and what this attempt of the job and those before
 * have left; a later one is none of ours. What cannot be tidied up now is found by the next look for leftovers.
 * @returns whether nothing is left
 */
async function tidyUp(
  { engine, marks, log }: ContainerNeeds,
  { job, attempt }: PipelineRun,
  container: string | undefined,
): Promise<boolean> {
  try {
    const left = (await marks.on(engine)).filter((mark) => mark.id === job.id && mark.attempt <= attempt);
    if (container !== undefined) await engine.remove(container);
    else if (left.length > 0) await endContainers(engine, job, attempt);
    for (const mark of left) await marks.clear(mark);
    return true;
  } catch (error) {
    log(`Job ${job.id} has left something behind: ${toFailure(error).message}`);
    return false;
  }
}

async function endContainers(engine: ContainerEngine, job: JobRequest, attempt: number): Promise<void> {
  for (const found of await engine.withLabels({ [labels.job]: job.id }))
    if (attemptOf(found) <= attempt) await endContainer(engine, found.id);
}
