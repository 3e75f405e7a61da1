import { createHash } from 'node:crypto';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { JobId } from '../../../core/model/ids.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import { RunEnd, type PipelineOutput, type PipelineRun } from '../../../core/ports/pipeline.ts';
import { isConflict, type ContainerEngine, type ContainerState } from '../../containers/containerEngine.ts';
import { passed } from '../../../core/storage/steps.ts';
import { libraryFolder } from '../../../core/storage/libraryFolder.ts';
import { followContainer } from './containerRun.ts';
import { containerName, containerSpec, type CardAccess } from './containerSpec.ts';
import { ensureImage } from './images.ts';
import { fillJobFolder, inputsOf, jobFolderOf, removeJobFolder, type JobFolder } from './jobFolder.ts';
import { JobLog, logFileOf } from './jobLog.ts';

import type { ContainerMarks } from './leftovers.ts';
import { wasEndedFromOutside } from './verdict.ts';
import { takeResult } from './resultFiles.ts';

export interface ContainerNeeds {
  readonly engine: ContainerEngine;
  /** The state folder of the queue. */
  readonly home: string;
  readonly marks: ContainerMarks;
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
  const folder = await jobFolderOf(job);
  const log = await JobLog.open(logFileOf(needs.home, job.id), (error) => {
    needs.log(`The log of job ${job.id} is not complete: ${toFailure(error).message}`);
  });
  const name = containerName(job);
  try {
    const container = await findOrStart({ needs, definition, run, folder });
    const running = { engine: needs.engine, container: container.id, definition, log, warn: needs.log };
    const outputs = await followContainer(running, { signal, onProgress });
    passed('container.ended');
    const files = await takeResult(outputs, { from: folder.output, to: run.outputDir });
    passed('result.taken');
    const tidy = () => tidyUp(needs, name, folder, job.id);
    const inputs = await inputsOf(folder);
    return { files, inputs, drawsTakeNumber: false, version: container.image, onKept: tidy };
  } catch (error) {
    if (!isLeftRunning(error)) await tidyUp(needs, name, folder, job.id);
    throw error;
  } finally {
    await log.close();
  }
}

/** The job goes on elsewhere, or its engine is away: what runs may be rejoined. */
function isLeftRunning(error: unknown): boolean {
  if (error instanceof RunEnd) return error.why === 'handed-back';
  return AuteurError.is(error, 'engine-not-running');
}

interface Wish {
  readonly needs: ContainerNeeds;
  readonly definition: Definition;
  readonly run: PipelineRun;
  readonly folder: JobFolder;
}

interface Started {
  readonly id: string;
  /** The digest of its image. */
  readonly image: string;
}

async function findOrStart(wish: Wish): Promise<Started> {
  const { engine } = wish.needs;
  const name = containerName(wish.run.job);
  const found = await engine.state(name);
  if (found !== undefined && canBeRejoined(found)) return { id: found.id, image: found.image };
  if (found !== undefined) await engine.remove(found.id);
  try {
    return await start(wish);
  } catch (error) {
    // Another process was quicker by a moment.
    const other = isConflict(error) ? await engine.state(name) : undefined;
    if (other === undefined) throw error;
    return { id: other.id, image: other.image };
  }
}

/** One that never started, or that was ended with its machine or engine, is started anew. */
function canBeRejoined(state: ContainerState): boolean {
  return state.running || (!state.fresh && !wasEndedFromOutside(state));
}

async function start({ needs, definition, run, folder }: Wish): Promise<Started> {
  const { engine, home } = needs;
  const { job, signal, onProgress } = run;
  const image = await ensureImage(engine, definition.image, { job, signal, onProgress });
  await fillJobFolder(folder, job, run.takeNumber);
  const spec = containerSpec({
    ...{ job, definition, image, folder },
    models: await libraryFolder(job.projectRoot, 'AI_Models'),
    card: run.device === undefined ? undefined : await needs.card(run.device),
    home: homeMark(home),
    rootless: await engine.isRootless(),
  });
  signal.throwIfAborted();
  await needs.marks.add(job);
  passed('container.marked');
  const id = await engine.create(spec);
  passed('container.made');
  try {
    if (!(await engine.isLocal())) await requireSameFiles(engine, id, job);
    await engine.start(id);
    passed('container.started');
  } catch (error) {
    await engine.remove(id);
    throw error;
  }
  return { id, image };
}

/** Containers of another state folder are none of our business. */
function homeMark(home: string): string {
  return createHash('sha256').update(home).digest('hex').slice(0, 16);
}

/** @throws AuteurError `engine-elsewhere` where the container would not see what we have just written */
async function requireSameFiles(engine: ContainerEngine, id: string, job: JobRequest): Promise<void> {
  const seen = await engine.readFile(id, '/auteur/job.json');
  if (seen?.includes(job.id) === true) return;
  throw new AuteurError('engine-elsewhere', { address: await engine.address() });
}

/** What cannot be tidied up now is found by the next look for leftovers. */
async function tidyUp(
  needs: ContainerNeeds,
  container: string,
  folder: JobFolder,
  job: JobId,
): Promise<void> {
  try {
    await needs.engine.remove(container);
    await removeJobFolder(folder);
    await needs.marks.remove(job);
  } catch (error) {
    needs.log(`Container ${container} was left behind: ${toFailure(error).message}`);
  }
}
