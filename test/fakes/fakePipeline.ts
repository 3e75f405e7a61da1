import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asPng } from '../lib/tinyMedia.ts';
import type { Pipeline, PipelineOutput, PipelineRun } from '../../src/core/ports/pipeline.ts';

/** Writes a few bytes that begin as a PNG and name the job, the take number and the seed. */
export function fakePipeline(
  options: { drawsTakeNumber?: boolean; before?: (run: PipelineRun) => Promise<void> } = {},
): Pipeline {
  return {
    ref: { id: 'storyboard', kind: 'storyboard', version: 'fake' },
    async run(run): Promise<PipelineOutput> {
      run.onProgress({ progress: 0.5, step: 'drawing' });
      await options.before?.(run);
      run.signal.throwIfAborted();
      const text = JSON.stringify({ job: run.job.id, take: run.takeNumber, seed: run.job.seed });
      await writeFile(join(run.outputDir, 'panel.png'), asPng(text));
      return {
        files: [{ name: 'panel.png', mediaType: 'image/png' }],
        drawsTakeNumber: options.drawsTakeNumber ?? false,
      };
    },
  };
}
