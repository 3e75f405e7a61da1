import { AuteurError } from '../../../core/errors.ts';
import type { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { JobId } from '../../../core/model/ids.ts';
import type { PipelineOutput, PipelineRun } from '../../../core/ports/pipeline.ts';
import { isHandedBack } from '../handedBack.ts';
import type { HistoryEntry } from './answers.ts';
import { ComfyuiServer } from './comfyuiServer.ts';
import { fetchOutputs } from './fetchOutputs.ts';
import { jobWorkflow, requireMapped } from './jobWorkflow.ts';
import { madeFiles } from './outputs.ts';
import { PreviewFile, previewFileOf } from './previewFile.ts';
import { PromptMarks } from './promptMarks.ts';
import { PromptFollower, type FollowNeeds } from './promptFollower.ts';
import { markOf, type Prompt } from './prompts.ts';
import { executionFailure } from './rejection.ts';
import { requireNew } from './requireNew.ts';
import type { Timing } from './timing.ts';
import { uploadReferences } from './uploadReferences.ts';

export interface ComfyuiNeeds {
  /** The state folder of the queue. */
  readonly home: string;
  readonly log: (line: string) => void;
  readonly timing: Timing;
}

/** A job that so many prompts have failed of is asked for under the same ids no more. */
const mostPrompts = 20;

/**
 * Runs a job as a prompt of a ComfyUI server. The prompt is known by the job and outlives this process: whoever takes the
 * job up finds it there, waits for its end, and fetches what it made.
 */
export async function runOnComfyui(
  { home, log, timing }: ComfyuiNeeds,
  definition: ComfyuiDefinition,
  run: PipelineRun,
): Promise<PipelineOutput> {
  const { job, signal, outputDir } = run;
  requireMapped(job.pipeline.id, definition);
  const server = new ComfyuiServer(definition.server);
  const preview = new PreviewFile(previewFileOf(home, job.id), log);
  const marks = new PromptMarks(home);
  try {
    const { names: references, inputs } = await uploadReferences(server, definition, { job, signal, timing });
    const promptOf = (number: number): Prompt => {
      const id = promptId(job.id, number);
      const workflow = jobWorkflow(definition, { job, references, filename: `auteur/${id}` });
      return { id, workflow, mark: markOf(workflow) };
    };
    const needs: FollowNeeds = {
      ...{ server, run, timing, warn: log, timeLimitMinutes: definition.timeLimitMinutes },
      onPost: ({ id }) => marks.add(job.id, { server: server.url, prompt: id }),
      onPreview: (image) => preview.show(image),
    };
    const entry = await finish(needs, promptOf);
    const made = madeFiles(entry, definition);
    const files = await fetchOutputs({ server, outputDir, signal, timing }, made);
    await requireNew(job, made, { files, outputDir });
    return { files, inputs, drawsTakeNumber: false };
  } finally {
    const isLeft = isHandedBack(signal);
    await preview.close(isLeft);
    // An earlier attempt may have left its prompt there.
    if (signal.aborted && !isLeft) await marks.stop(job.id, { timing, log });
    else if (!isLeft) await marks.remove(job.id);
  }
}

/** The entry of the prompt that succeeded. */
async function finish(needs: FollowNeeds, promptOf: (number: number) => Prompt): Promise<HistoryEntry> {
  for (let number = 1; number <= mostPrompts; number++) {
    const prompt = promptOf(number);
    const entry = await new PromptFollower(needs, prompt).follow();
    if (entry === "another's") continue;
    const failure = executionFailure(entry, prompt.workflow);
    if (failure !== undefined) throw failure;
    return entry;
  }
  throw new AuteurError('comfyui-forgotten', { server: needs.server.url });
}

/** Known before it is posted, so that it is found by whoever takes the job up. */
function promptId(job: JobId, number: number): string {
  return number === 1 ? job : `${job}-${number}`;
}
