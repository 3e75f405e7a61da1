import { describe, expect, it } from 'vitest';
import { PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import { whatRuns } from './pipelineEntry.ts';

const digest = 'a'.repeat(64);

describe('what a pipeline runs is told on one line, what does the work first', () => {
  it('of a container, with its command', () => {
    const command = ['sh', '-c', 'echo one\necho two'];
    const image = { kind: 'container', image: 'studio/flux:1', command };
    expect(whatRuns(PipelineDefinition.parse(image))).toBe('the image studio/flux:1 sh -c echo one echo two');
    const built = { ...image, build: { context: 'lab', digest } };
    expect(whatRuns(PipelineDefinition.parse(built))).toBe(
      'the build of lab/Dockerfile and the image studio/flux:1 sh -c echo one echo two',
    );
  });

  it('of a workflow, with the kinds of its nodes', () => {
    const workflow = { 1: { class_type: 'Save\nImage', inputs: {} }, 2: { class_type: 'Empty', inputs: {} } };
    const server = 'http://10.0.0.9:8188';
    expect(whatRuns(PipelineDefinition.parse({ kind: 'comfyui', server, workflow, inputs: {} }))).toBe(
      `on the ComfyUI server ${server} a workflow of Empty, Save Image`,
    );
  });
});
