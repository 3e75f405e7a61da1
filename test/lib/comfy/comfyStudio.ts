import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { proposeMapping } from '../../../src/core/domain/comfyui/proposeMapping.ts';
import { ComfyuiDefinition, type Workflow } from '../../../src/core/model/comfyuiDefinition.ts';
import type { JobRequest } from '../../../src/core/model/job.ts';
import { RunEnd, type PipelineOutput, type PipelineProgress } from '../../../src/core/ports/pipeline.ts';
import { runOnComfyui } from '../../../src/runner/pipelines/comfyui/comfyuiRun.ts';
import type { Timing } from '../../../src/runner/pipelines/comfyui/timing.ts';
import { aJob } from '../../builders/aJob.ts';
import { tempFolder } from '../tempFolder.ts';
import { ComfyServer } from './comfyServer.ts';

/** A server that is gone when the test ends. */
export async function comfyServer(): Promise<ComfyServer> {
  const server = await ComfyServer.start();
  onTestFinished(() => server.stop());
  return server;
}

/** A workflow as a pipeline of a server, its inputs mapped as they are proposed. */
export function comfyDefinition(
  server: Pick<ComfyServer, 'url'>,
  workflow: Workflow,
  fields: object = {},
): ComfyuiDefinition {
  const { inputs, output } = proposeMapping(workflow);
  return ComfyuiDefinition.parse({
    ...{ kind: 'comfyui', server: server.url, workflow, inputs },
    ...(output === undefined ? {} : { output }),
    ...fields,
  });
}

export interface ComfyRun {
  readonly job: JobRequest;
  readonly home: string;
  readonly outputDir: string;
  readonly progress: PipelineProgress[];
  readonly log: string[];
  readonly output: Promise<PipelineOutput>;
  readonly end: (why: RunEnd['why']) => void;
}

const quick: Timing = { pollMs: 60, retryMs: 30, patienceMs: 2_000, graceMs: 5_000, quietMs: 150 };

/** One attempt of a job; the same job again is what a restarted process does. */
export function comfyRun(
  definition: ComfyuiDefinition,
  {
    job = aJob({ projectRoot: tempFolder() }),
    home = tempFolder(),
    timing = {},
  }: Partial<Pick<ComfyRun, 'job' | 'home'>> & {
    readonly timing?: Partial<Timing>;
  } = {},
): ComfyRun {
  const outputDir = join(tempFolder(), 'attempt');
  mkdirSync(outputDir);
  const ending = new AbortController();
  const progress: PipelineProgress[] = [];
  const log: string[] = [];
  const output = runOnComfyui(
    { home, log: (line) => log.push(line), timing: { ...quick, ...timing } },
    definition,
    {
      ...{ job, outputDir, attempt: 1, takeNumber: 1, signal: ending.signal },
      onProgress: (word) => progress.push(word),
    },
  );
  // Whoever waits for it sees how it ends; until then nobody may.
  output.catch(() => undefined);
  onTestFinished(async () => {
    ending.abort(new RunEnd('handed-back'));
    await output.catch(() => undefined);
  });
  const end = (why: RunEnd['why']): void => {
    ending.abort(new RunEnd(why));
  };
  return { job, home, outputDir, progress, log, output, end };
}
