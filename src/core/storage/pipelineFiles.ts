import { basename, dirname, join } from 'node:path';
import { builtInPipelines } from '../domain/builtInPipelines.ts';
import { AuteurError, toFailure } from '../errors.ts';
import type { Failure } from '../model/job.ts';
import {
  PipelineFile,
  PipelineId,
  pipelineSchemaVersion,
  PipelineDefinition,
} from '../model/pipelineDefinition.ts';
import { readBuildContext, type HashOf } from './buildContext.ts';
import { readOwnJsonFile } from './jsonFile.ts';
import { libraryFolder } from './libraryFolder.ts';
import { readFolder } from './locate.ts';
import { readWorkflow } from './workflowFile.ts';

const ending = '.pipeline.json';

export interface DefinedPipeline {
  readonly id: string;
  readonly definition: PipelineDefinition;
  readonly file: string;
}

export interface PipelineFolder {
  readonly pipelines: readonly DefinedPipeline[];
  /** Files that cannot be used; they hide no other. */
  readonly problems: readonly { readonly file: string; readonly problem: Failure }[];
}

/** The pipelines of Auteur, which no file defines. */
export interface OwnPipelines extends Pick<PipelineFolder, 'problems'> {
  readonly pipelines: readonly Omit<DefinedPipeline, 'file'>[];
}

/** The pipelines that a workspace defines, or the workspace a project lies in. */
export async function workspacePipelines(place: string, hashOf?: HashOf): Promise<PipelineFolder> {
  const folder = await libraryFolder(place, 'Pipeline_Templates');
  return folder === undefined ? { pipelines: [], problems: [] } : readPipelines(folder, hashOf);
}

/** The folder of what comes with Auteur, and the one in it that its images are built from. */
const [shippedFolder, fluxFolder] = ['pipelines', 'flux'];

/** Where a build keeps what its own pipelines are built from. */
export function shippedPipelines(assetsDir: string): string {
  return join(assetsDir, shippedFolder);
}

/** The pipelines that come with Auteur; an incomplete installation runs only those whose images are here. */
export async function ownPipelines(shipped: string, hashOf?: HashOf): Promise<OwnPipelines> {
  const folder = join(shipped, fluxFolder);
  const own = [...builtInPipelines].map(([id, definition]) => ({ id, definition }));
  try {
    const build = { context: fluxFolder, digest: (await readBuildContext(folder, hashOf)).digest };
    const pipelines = own.map(({ id, definition }) => ({ id, definition: { ...definition, build } }));
    return { pipelines, problems: [] };
  } catch (error) {
    return { pipelines: own, problems: [{ file: folder, problem: toFailure(error) }] };
  }
}

/** The pipelines of one folder, by their ids. */
export async function readPipelines(folder: string, hashOf?: HashOf): Promise<PipelineFolder> {
  const names = (await readFolder(folder)).filter((name) => !name.startsWith('.') && name.endsWith(ending));
  const pipelines: DefinedPipeline[] = [];
  const problems: { file: string; problem: Failure }[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    try {
      const found = await readPipeline(file, hashOf);
      if (pipelines.some(({ id }) => id === found.id))
        throw new AuteurError('pipeline-repeated', { pipeline: found.id, file });
      pipelines.push(found);
    } catch (error) {
      problems.push({ file, problem: toFailure(error) });
    }
  }
  return { pipelines, problems };
}

async function readPipeline(file: string, hashOf?: HashOf): Promise<DefinedPipeline> {
  const { value } = await readOwnJsonFile(file, PipelineFile);
  if (value.schemaVersion > pipelineSchemaVersion) throw new AuteurError('schema-too-new', { path: file });
  const id = PipelineId.safeParse(value.id ?? basename(file, ending).toLowerCase());
  if (!id.success)
    throw new AuteurError('file-unreadable', { path: file, reason: 'its name is no id, and it has no "id"' });
  return { id: id.data, definition: await wholeDefinition(file, value, hashOf), file };
}

async function containerDefinition(
  file: string,
  value: PipelineFile,
  hashOf?: HashOf,
): Promise<PipelineDefinition> {
  if (value.kind !== 'container' || value.build === undefined) return PipelineDefinition.parse(value);
  const { digest } = await readBuildContext(join(dirname(file), value.build), hashOf);
  return PipelineDefinition.parse({ ...value, build: { context: value.build, digest } });
}

/** A job carries its workflow, so that it and its take need no file later, and of what it is built from the digest. */
async function wholeDefinition(
  file: string,
  value: PipelineFile,
  hashOf?: HashOf,
): Promise<PipelineDefinition> {
  if (value.kind === 'container') return containerDefinition(file, value, hashOf);
  if (typeof value.workflow !== 'string') return PipelineDefinition.parse(value);
  const workflow = await readWorkflow(join(dirname(file), value.workflow));
  return PipelineDefinition.parse({ ...value, workflow });
}
