import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import * as z from 'zod';
import type { JobId } from '../../../core/model/ids.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import { InputFile } from '../../../core/model/take.ts';
import { formatJson, readOwnJsonFile } from '../../../core/storage/jsonFile.ts';
import { writeFileDurably } from '../../../core/storage/atomicFile.ts';
import { isOwnFolder, makeOwnFolder } from '../../../core/storage/ownFolder.ts';
import { readReference } from '../../../core/storage/references.ts';

/** One time that a job was taken up. */
export interface JobAttempt {
  readonly id: JobId;
  readonly attempt: number;
}

/** What a container is given of a job and gives back, in a folder of its own: it outlives the process that made it. */
export interface JobFolder {
  readonly path: string;
  readonly jobFile: string;
  readonly inputs: string;
  readonly output: string;
  /** Which files of the project it was filled with, for whoever rejoins the job. */
  readonly inputsFile: string;
}

/** A reference picture as the pipeline sees it. */
interface Reference {
  readonly role: 'character' | 'location';
  readonly name: string;
  readonly path: string;
}

/** The newest layout of `job.json`. */
const contractVersion = 1;

/** Of one attempt: whoever takes the job up later leaves those before alone, which may still be written to. */
export async function jobFolderOf(job: JobRequest, attempt: number): Promise<JobFolder> {
  const path = await makeOwnFolder(job.projectRoot, ...jobFolderNames({ id: job.id, attempt }));
  return {
    path,
    jobFile: join(path, 'job.json'),
    inputs: join(path, 'inputs'),
    output: join(path, 'output'),
    inputsFile: join(path, 'inputs.json'),
  };
}

const InputFiles = z.array(InputFile);

/**
 * Fills it for the container of its attempt, which there is none of yet: what an earlier start of the same attempt has left
 * is removed.
 */
export async function fillJobFolder(folder: JobFolder, job: JobRequest, takeNumber: number): Promise<void> {
  for (const left of [folder.jobFile, folder.inputs, folder.output, folder.inputsFile])
    await rm(left, { recursive: true, force: true });
  await mkdir(folder.inputs);
  await mkdir(folder.output);
  // An engine without root runs it as another user of this machine.
  await chmod(folder.output, 0o777);
  const { references, inputs } = await copyReferences(folder, job);
  await writeFileDurably(folder.jobFile, formatJson(jobText(job, takeNumber, references)));
  await chmod(folder.jobFile, 0o644);
  await writeFileDurably(folder.inputsFile, formatJson(inputs));
}

export async function inputsOf(folder: JobFolder): Promise<readonly InputFile[]> {
  return (await readOwnJsonFile(folder.inputsFile, InputFiles)).value;
}

/** Nothing is removed where a link leads elsewhere. */
export async function removeJobFolder(root: string, attempt: JobAttempt): Promise<void> {
  const names = jobFolderNames(attempt);
  if (await isOwnFolder(root, ...names)) await rm(join(root, ...names), { recursive: true, force: true });
}

function jobFolderNames({ id, attempt }: JobAttempt): readonly string[] {
  return ['.auteur', 'work', `${id}.${attempt}`];
}

function jobText(job: JobRequest, takeNumber: number, references: readonly Reference[]) {
  const { id, address, quality, seed, parameters, prompt, panel, definition } = job;
  const { width, height, fps, duration } = panel;
  const { direct, identity, aesthetic, context, negative, text } = prompt;
  return {
    contract: contractVersion,
    job: id,
    address,
    takeNumber,
    quality,
    seed,
    prompt: { direct, identity, aesthetic, context, negative, text },
    width,
    height,
    fps,
    ...(duration === undefined ? {} : { duration }),
    // What the pipeline says counts before what every job of the film says.
    parameters: { ...parameters, ...definition?.parameters },
    references,
    panel: { size: panel.size, angle: panel.angle, movement: panel.movement, lens: panel.lens },
  };
}

async function copyReferences(
  folder: JobFolder,
  { projectRoot, panel }: JobRequest,
): Promise<{ references: readonly Reference[]; inputs: readonly InputFile[] }> {
  const wanted = [
    ...panel.characters.map(({ name, reference }) => ({
      role: 'character' as const,
      name,
      file: reference,
    })),
    { role: 'location' as const, name: panel.location ?? '', file: panel.backdrop },
  ];
  const references: Reference[] = [];
  const inputs: InputFile[] = [];
  for (const { role, name, file } of wanted) {
    if (file === undefined) continue;
    const copy = `${String(references.length + 1).padStart(2, '0')}${extname(file).toLowerCase()}`;
    const target = join(folder.inputs, copy);
    const { input, bytes } = await readReference(projectRoot, file);
    await writeFile(target, bytes);
    await chmod(target, 0o644);
    references.push({ role, name, path: `/auteur/inputs/${copy}` });
    inputs.push(input);
  }
  return { references, inputs };
}
