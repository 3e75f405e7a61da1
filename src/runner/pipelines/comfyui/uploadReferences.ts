import { extname } from 'node:path';
import { AuteurError } from '../../../core/errors.ts';
import { socketsOf, type ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { RelativePath } from '../../../core/model/relativePath.ts';
import type { InputFile } from '../../../core/model/take.ts';
import { readReference } from '../../../core/storage/references.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';
import { patiently, type Timing } from './timing.ts';

export interface Uploads {
  /** As the server calls them. */
  readonly names: readonly string[];
  readonly inputs: readonly InputFile[];
}

interface UploadNeeds {
  readonly server: ComfyuiServer;
  readonly job: JobRequest;
  readonly signal: AbortSignal;
  readonly timing: Timing;
}

/**
 * As many reference pictures as the workflow takes: of the characters, then of the location.
 * @throws AuteurError `comfyui-references` where the shot has fewer
 */
export function requireReferences(
  definition: ComfyuiDefinition,
  { panel, address }: JobRequest,
): readonly RelativePath[] {
  const needed = socketsOf(definition.inputs, 'reference').length;
  const paths = [...panel.characters.map(({ reference }) => reference), panel.backdrop].filter(
    (path) => path !== undefined,
  );
  if (paths.length < needed)
    throw new AuteurError('comfyui-references', { needed, address, found: paths.length });
  return paths.slice(0, needed);
}

/** Hands them to the server. @throws what `readReference` throws */
export async function uploadReferences(
  paths: readonly RelativePath[],
  { server, job, signal, timing }: UploadNeeds,
): Promise<Uploads> {
  const names: string[] = [];
  const inputs: InputFile[] = [];
  for (const path of paths) {
    const { input, bytes } = await readReference(job.projectRoot, path);
    // By its content, so that each picture lies on the server once.
    const name = `auteur-${input.sha256.slice(0, 24)}${extname(path).toLowerCase()}`;
    names.push(await patiently(() => server.upload(name, bytes, signal), timing, signal));
    inputs.push(input);
  }
  return { names, inputs };
}
