import { extname } from 'node:path';
import { AuteurError } from '../../../core/errors.ts';
import { socketsOf, type ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { InputFile } from '../../../core/model/take.ts';
import { readReference } from '../../../core/storage/references.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';
import { patiently, type Timing } from './timing.ts';

export interface Uploads {
  /** As the server calls them. */
  readonly names: readonly string[];
  readonly inputs: readonly InputFile[];
}

/**
 * Hands the server as many reference pictures as the workflow takes: of the characters, then of the location.
 * @throws AuteurError `comfyui-references` where the shot has fewer, and what `readReference` throws
 */
export async function uploadReferences(
  server: ComfyuiServer,
  definition: ComfyuiDefinition,
  {
    job,
    signal,
    timing,
  }: { readonly job: JobRequest; readonly signal: AbortSignal; readonly timing: Timing },
): Promise<Uploads> {
  const needed = socketsOf(definition.inputs, 'reference').length;
  const { panel, address, projectRoot } = job;
  const paths = [...panel.characters.map(({ reference }) => reference), panel.backdrop].filter(
    (path) => path !== undefined,
  );
  if (paths.length < needed)
    throw new AuteurError('comfyui-references', { needed, address, found: paths.length });
  const names: string[] = [];
  const inputs: InputFile[] = [];
  for (const path of paths.slice(0, needed)) {
    const { input, bytes } = await readReference(projectRoot, path);
    // By its content, so that each picture lies on the server once.
    const name = `auteur-${input.sha256.slice(0, 24)}${extname(path).toLowerCase()}`;
    names.push(await patiently(() => server.upload(name, bytes, signal), timing, signal));
    inputs.push(input);
  }
  return { names, inputs };
}
