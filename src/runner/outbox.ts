import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../core/errors.ts';
import { AttemptResult } from '../core/model/job.ts';
import type { MediaFile } from '../core/model/take.ts';
import type { Claim } from '../core/ports/jobQueue.ts';
import type { PipelineFile, PipelineOutput } from '../core/ports/pipeline.ts';
import { syncFile, syncFolder, writeFileDurably } from '../core/storage/atomicFile.ts';
import { formatJson, readOwnJsonFile } from '../core/storage/jsonFile.ts';
import { isThere, readFolder } from '../core/storage/locate.ts';
import { isOwnFolder, kindOf, makeOwnFolder } from '../core/storage/ownFolder.ts';
import { sha256Of } from '../core/storage/sha256.ts';
import { passed } from '../core/storage/steps.ts';

const resultFile = 'result.json';

/** One attempt's folder in a project's outbox. */
export interface OutboxEntry {
  readonly jobId: string;
  readonly attempt: number;
  readonly folder: string;
  /** Its result is written: every output is complete and on disk. */
  readonly complete: boolean;
}

export interface Delivery {
  readonly claim: Claim;
  readonly output: PipelineOutput;
  readonly takeNumber: number;
  readonly started: Date;
  readonly version: string;
  readonly signal?: AbortSignal;
}

function outboxOf(root: string): string {
  return join(root, '.auteur', 'outbox');
}

/** Makes the empty folder that one attempt fills. */
export async function openAttempt(claim: Claim): Promise<string> {
  const outbox = await makeOwnFolder(claim.job.projectRoot, '.auteur', 'outbox');
  const folder = join(outbox, `${claim.job.id}.${claim.attempt}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/**
 * Forces the outputs and their names to disk and renames the result in last: where it is, they are.
 * @throws the signal's reason, while its outputs are read
 */
export async function completeAttempt(folder: string, delivery: Delivery): Promise<void> {
  const { claim, output, started, takeNumber } = delivery;
  const files: MediaFile[] = [];
  for (const file of output.files) files.push(await describeFile(folder, file, delivery.signal));
  passed('output.synced');
  const result: AttemptResult = AttemptResult.parse({
    job: claim.job,
    attempt: claim.attempt,
    ...(output.drawsTakeNumber ? { drawnTakeNumber: takeNumber } : {}),
    ...(output.version === undefined ? {} : { pipelineVersion: output.version }),
    files,
    inputs: output.inputs ?? [],
    started: started.toISOString(),
    finished: new Date().toISOString(),
    host: { name: hostname(), platform: `${process.platform}-${process.arch}`, auteur: delivery.version },
  });
  const temporary = join(folder, `.${resultFile}`);
  await writeFileDurably(temporary, formatJson(result));
  await syncFolder(folder);
  passed('result.written');
  await rename(temporary, join(folder, resultFile));
  passed('result.named');
  await syncFolder(folder);
  await syncFolder(outboxOf(claim.job.projectRoot));
}

async function describeFile(folder: string, file: PipelineFile, signal?: AbortSignal): Promise<MediaFile> {
  const path = join(folder, file.name);
  const stats = await outputStats(path, file.name);
  await syncFile(path);
  return { ...file, bytes: stats.size, sha256: await sha256Of(path, signal) };
}

async function outputStats(path: string, name: string) {
  try {
    const stats = await lstat(path);
    if (stats.isFile()) return stats;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new AuteurError('output-invalid', { reason: `${name} is not there` }, { cause: error });
  }
  throw new AuteurError('output-invalid', { reason: `${name} is not a plain file` });
}

/** What lies in a project's outbox: complete attempts first, earlier ones before later ones. */
export async function readOutbox(root: string): Promise<readonly OutboxEntry[]> {
  const entries: OutboxEntry[] = [];
  if (!(await isOwnFolder(root, '.auteur', 'outbox'))) return entries;
  for (const name of await readFolder(outboxOf(root))) {
    const match = /^([A-Za-z0-9_-]+)\.(\d+)$/.exec(name);
    if (match?.[1] === undefined) continue;
    const folder = join(outboxOf(root), name);
    if ((await kindOf(folder)) !== 'folder') continue;
    entries.push({
      jobId: match[1],
      attempt: Number(match[2]),
      folder,
      complete: await isThere(join(folder, resultFile)),
    });
  }
  return entries.sort((a, b) => Number(b.complete) - Number(a.complete) || a.attempt - b.attempt);
}

/** @throws AuteurError `file-unreadable` */
export async function readResult(entry: OutboxEntry): Promise<AttemptResult> {
  return (await readOwnJsonFile(join(entry.folder, resultFile), AttemptResult)).value;
}

export async function discard(entry: OutboxEntry): Promise<void> {
  await rm(entry.folder, { recursive: true, force: true });
}

/** Keeps an output that cannot be recorded, out of the recorder's sight. */
export async function setAside(entry: OutboxEntry): Promise<void> {
  await rename(entry.folder, `${entry.folder}.unusable`);
}
