import { join } from 'node:path';
import { AuteurError } from '../../../core/errors.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { PipelineFile } from '../../../core/ports/pipeline.ts';
import { resolveInside } from '../../../core/storage/projectPath.ts';
import { sha256Of } from '../../../core/storage/sha256.ts';
import { scanTakes } from '../../../core/storage/takes.ts';
import type { MadeFile } from './outputs.ts';

/**
 * A workflow that differs in nothing from an earlier one is not run: the server names the earlier file again, which is no
 * new take.
 * @throws AuteurError `comfyui-identical`, which names the take of the shot that it is
 */
export async function requireNew(
  job: JobRequest,
  [made]: readonly MadeFile[],
  {
    files: [file],
    outputDir,
    signal,
  }: {
    readonly files: readonly PipelineFile[];
    readonly outputDir: string;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  // What bears the name of this job was made for it, by an attempt whose end nobody saw.
  if (made === undefined || file === undefined || !made.isCached || made.file.filename.includes(job.id))
    return;
  const sha256 = await sha256Of(join(outputDir, file.name), signal);
  const { takes } = await scanTakes(await resolveInside(job.projectRoot, job.folder));
  const twin = takes.find((take) => take.files[0]?.sha256 === sha256);
  const what =
    twin === undefined ? `"${made.file.filename}", which it made earlier` : `take ${nn(twin.number)}`;
  throw new AuteurError('comfyui-identical', { what });
}

function nn(number: number): string {
  return String(number).padStart(2, '0');
}
