import { AuteurError } from '../../../core/errors.ts';
import type { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { JobId } from '../../../core/model/ids.ts';
import { LeftBehind, type PipelineOutput, type PipelineRun } from '../../../core/ports/pipeline.ts';
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
import { requireReferences, uploadReferences } from './uploadReferences.ts';

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
  const { job, signal } = run;
  requireMapped(job.pipeline.id, definition);
  const server = new ComfyuiServer(definition.server);
  const preview = new PreviewFile(previewFileOf(home, job.id), log);
  const marks = new PromptMarks(home);
  const tidyUp = async (isAway: boolean): Promise<boolean> => {
    const isLeft = isHandedBack(signal);
    await preview.close(isLeft);
    // The job waits for a server that is away, and finds there what it has begun.
    if (isLeft || (isAway && !signal.aborted)) return true;
    return marks.stop(job.id, { ...timing, log });
  };
  let output: PipelineOutput;
  try {
    output = await make(definition, {
      ...{ server, run, timing, timeLimitMinutes: definition.timeLimitMinutes },
      onPost: (prompt) => marks.post(job.id, server.url, prompt),
      onTaken: (prompt) => marks.taken(job.id, server.url, prompt),
      onPreview: (image) => preview.show(image),
    });
  } catch (error) {
    const isGone = await tidyUp(AuteurError.is(error, 'comfyui-not-running'));
    throw isGone ? error : new LeftBehind(error);
  }
  // An earlier attempt may have left more there than this one knows of.
  await tidyUp(false);
  return output;
}

async function make(definition: ComfyuiDefinition, needs: FollowNeeds): Promise<PipelineOutput> {
  const { server, timing } = needs;
  const { job, signal, outputDir } = needs.run;
  const paths = requireReferences(definition, job);
  // One that is away is waited for in the queue, where others may go first.
  await server.queueNow(signal);
  const { names, inputs } = await uploadReferences(paths, { server, job, signal, timing });
  const entry = await finish(needs, (number) => {
    const id = promptId(job.id, number);
    const workflow = jobWorkflow(definition, { job, references: names, filename: `auteur/${id}` });
    return { id, workflow, mark: markOf(workflow) };
  });
  const made = madeFiles(entry, definition);
  const files = await fetchOutputs({ server, outputDir, signal, timing }, made);
  await requireNew(job, made, { files, outputDir, signal });
  return { files, inputs, drawsTakeNumber: false };
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
