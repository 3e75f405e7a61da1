import { expect, test } from 'vitest';
import { noiseGraph, textGraph, videoGraph } from '../../../../test/lib/comfy/graphs.ts';
import { Workflow } from '../../model/comfyuiDefinition.ts';
import { proposeMapping } from './proposeMapping.ts';

const at = (node: string, input: string) => ({ node, input });

test('the default workflow: prompts behind the sampler, size of the latent, name of the file', () => {
  expect(proposeMapping(textGraph())).toEqual({
    inputs: {
      prompt: at('6', 'text'),
      negative: at('7', 'text'),
      seed: at('3', 'seed'),
      width: at('5', 'width'),
      height: at('5', 'height'),
      steps: at('3', 'steps'),
      filename: at('9', 'filename_prefix'),
    },
    missing: ['reference'],
    notes: [],
  });
});

test('a workflow without a sampler has no prompt, and says so', () => {
  const { inputs, missing } = proposeMapping(noiseGraph());
  expect(inputs).toEqual({
    seed: at('2', 'seed'),
    width: at('1', 'width'),
    height: at('1', 'height'),
    filename: at('3', 'filename_prefix'),
  });
  expect(missing).toEqual(['prompt', 'negative', 'steps', 'reference']);
});

test('what is saved is the take, what is only shown beside it is not', () => {
  const { inputs, output } = proposeMapping(videoGraph('SaveVideo'));
  expect(output).toBe('4');
  expect(inputs.reference).toEqual(at('1', 'image'));
});

test('FLUX: a guider, a noise node, a scheduler, a negative that is only zeroes', () => {
  const flux = Workflow.parse({
    5: { class_type: 'EmptySD3LatentImage', inputs: { width: ['34', 0], height: ['35', 0], batch_size: 1 } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: 'a fox', clip: ['11', 0] } },
    9: { class_type: 'SaveImage', inputs: { filename_prefix: 'flux', images: ['8', 0] } },
    13: {
      class_type: 'SamplerCustomAdvanced',
      inputs: { noise: ['25', 0], guider: ['22', 0], sigmas: ['17', 0], latent_image: ['5', 0] },
    },
    17: {
      class_type: 'BasicScheduler',
      inputs: { scheduler: 'simple', steps: 20, denoise: 1, model: ['30', 0] },
    },
    22: { class_type: 'BasicGuider', inputs: { model: ['30', 0], conditioning: ['26', 0] } },
    25: { class_type: 'RandomNoise', inputs: { noise_seed: 219670278747233 } },
    26: { class_type: 'FluxGuidance', inputs: { guidance: 3.5, conditioning: ['6', 0] } },
    30: {
      class_type: 'ModelSamplingFlux',
      inputs: { max_shift: 1.15, base_shift: 0.5, width: ['34', 0], height: ['35', 0], model: ['12', 0] },
    },
    34: { class_type: 'PrimitiveInt', inputs: { value: 1024 } },
    35: { class_type: 'PrimitiveInt', inputs: { value: 768 } },
  });
  const { inputs, missing } = proposeMapping(flux);
  expect(inputs).toEqual({
    prompt: at('6', 'text'),
    seed: at('25', 'noise_seed'),
    width: at('34', 'value'),
    height: at('35', 'value'),
    steps: at('17', 'steps'),
    filename: at('9', 'filename_prefix'),
  });
  expect(missing).toEqual(['negative', 'reference']);
});

test('a node that changes both conditionings is passed on the side that is asked for', () => {
  const controlled = Workflow.parse({
    ...textGraph(),
    3: {
      ...textGraph()['3'],
      inputs: { ...textGraph()['3']?.inputs, positive: ['20', 0], negative: ['20', 1] },
    },
    20: {
      class_type: 'ControlNetApplyAdvanced',
      inputs: { positive: ['6', 0], negative: ['7', 0], strength: 1 },
    },
  });
  const { inputs } = proposeMapping(controlled);
  expect([inputs.prompt, inputs.negative]).toEqual([at('6', 'text'), at('7', 'text')]);
});

test('two texts of one prompt, two passes of one seed', () => {
  const sdxl = Workflow.parse({
    1: {
      class_type: 'CLIPTextEncodeSDXL',
      inputs: { text_g: 'a fox', text_l: 'a fox', width: 1024, height: 1024 },
    },
    2: { class_type: 'KSamplerAdvanced', inputs: { noise_seed: 1, steps: 20, positive: ['1', 0] } },
    3: {
      class_type: 'KSamplerAdvanced',
      inputs: { noise_seed: 1, steps: 20, positive: ['1', 0], latent_image: ['2', 0] },
    },
  });
  const { inputs } = proposeMapping(sdxl);
  expect(inputs.prompt).toEqual([at('1', 'text_g'), at('1', 'text_l')]);
  expect(inputs.seed).toEqual([at('2', 'noise_seed'), at('3', 'noise_seed')]);
});

test('links that go round end nowhere', () => {
  const round = Workflow.parse({
    1: { class_type: 'KSampler', inputs: { positive: ['2', 0], seed: ['3', 0], latent_image: ['1', 0] } },
    2: { class_type: 'ConditioningCombine', inputs: { conditioning_1: ['2', 0], conditioning: ['4', 0] } },
    3: { class_type: 'PrimitiveInt', inputs: { value: ['3', 0] } },
    4: { class_type: 'ConditioningCombine', inputs: { conditioning: ['2', 0] } },
  });
  expect(proposeMapping(round).inputs).toEqual({});
});

test('several that load or save are told of', () => {
  const { inputs, notes } = proposeMapping(
    Workflow.parse({
      1: { class_type: 'LoadImage', inputs: { image: 'a.png' } },
      2: { class_type: 'LoadImage', inputs: { image: 'b.png' } },
      3: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'a' } },
      4: { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'b' } },
    }),
  );
  expect(inputs.reference).toEqual(at('1', 'image'));
  expect(inputs.filename).toEqual([at('3', 'filename_prefix'), at('4', 'filename_prefix')]);
  expect(notes).toHaveLength(2);
});
