import { Workflow } from '../../../src/core/model/comfyuiDefinition.ts';

/** The smallest graph with a seed that makes a file. */
export function noiseGraph(): Workflow {
  return Workflow.parse({
    1: { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 0 } },
    2: { class_type: 'ImageAddNoise', inputs: { image: ['1', 0], seed: 7, strength: 0.5 } },
    3: {
      class_type: 'SaveImage',
      inputs: { images: ['2', 0], filename_prefix: 'ComfyUI' },
      _meta: { title: 'Save' },
    },
  });
}

/** Text to image, as ComfyUI's default workflow has it. */
export function textGraph(): Workflow {
  return Workflow.parse({
    3: {
      class_type: 'KSampler',
      inputs: {
        ...{ seed: 5, steps: 4, cfg: 8, sampler_name: 'euler', scheduler: 'normal', denoise: 1 },
        ...{ model: ['4', 0], positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] },
      },
      _meta: { title: 'Sampler' },
    },
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'tiny.safetensors' } },
    5: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 1 } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: 'a bottle', clip: ['4', 1] } },
    7: { class_type: 'CLIPTextEncode', inputs: { text: 'watermark', clip: ['4', 1] } },
    8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    9: { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'ComfyUI' } },
  });
}

/** A picture of the shot goes in, a film comes out. */
export function videoGraph(saving: 'SaveVideo' | 'SaveAnimatedWEBP' | 'VHS_VideoCombine'): Workflow {
  const made = {
    SaveVideo: { video: ['3', 0], filename_prefix: 'video/ComfyUI', format: 'auto', codec: 'auto' },
    SaveAnimatedWEBP: { images: ['2', 0], filename_prefix: 'ComfyUI', fps: 24 },
    VHS_VideoCombine: { images: ['2', 0], filename_prefix: 'ComfyUI', frame_rate: 24 },
  };
  return Workflow.parse({
    1: { class_type: 'LoadImage', inputs: { image: 'example.png' } },
    2: { class_type: 'ImageAddNoise', inputs: { image: ['1', 0], seed: 7, strength: 0.5 } },
    3: { class_type: 'CreateVideo', inputs: { images: ['2', 0], fps: 24 } },
    4: { class_type: saving, inputs: made[saving] },
    5: { class_type: 'PreviewImage', inputs: { images: ['1', 0] } },
  });
}
