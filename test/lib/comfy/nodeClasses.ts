export interface NumberInput {
  readonly type: 'INT' | 'FLOAT';
  readonly min: number;
  readonly max: number;
}

/** What an input of a node takes: a value of its own, or a link to an output of a type. */
export type InputType =
  | NumberInput
  | { readonly type: 'STRING' }
  | { readonly type: 'COMBO'; readonly options: readonly string[] | 'input files' }
  | { readonly type: 'LINK'; readonly of: string };

export interface NodeClass {
  readonly inputs: Readonly<Record<string, InputType>>;
  readonly optional?: Readonly<Record<string, InputType>>;
  readonly output: readonly string[];
  /** It saves or shows: what it writes, and under which key its files are listed. */
  readonly saves?: {
    readonly key: string;
    readonly extension: string;
    readonly temp?: true;
    readonly animated?: true;
  };
  /** It tells of its steps, and sends previews. */
  readonly steps?: true;
}

const int = (min: number, max: number): InputType => ({ type: 'INT', min, max });
const float = (min: number, max: number): InputType => ({ type: 'FLOAT', min, max });
const string: InputType = { type: 'STRING' };
const combo = (...options: readonly string[]): InputType => ({ type: 'COMBO', options });
const link = (of: string): InputType => ({ type: 'LINK', of });

const size = int(1, 16_384);
const seed = int(0, 2 ** 64);

/** Nodes of the core, and one of a third party; those without weights compute nothing but what they were made from. */
export const nodeClasses: Readonly<Record<string, NodeClass>> = {
  EmptyImage: {
    inputs: { width: size, height: size, batch_size: int(1, 4096), color: int(0, 0xff_ffff) },
    output: ['IMAGE'],
  },
  ImageAddNoise: {
    inputs: { image: link('IMAGE'), seed, strength: float(0, 1) },
    output: ['IMAGE'],
  },
  LoadImage: { inputs: { image: { type: 'COMBO', options: 'input files' } }, output: ['IMAGE', 'MASK'] },
  CheckpointLoaderSimple: {
    inputs: { ckpt_name: combo('tiny.safetensors') },
    output: ['MODEL', 'CLIP', 'VAE'],
  },
  CLIPTextEncode: { inputs: { text: string, clip: link('CLIP') }, output: ['CONDITIONING'] },
  EmptyLatentImage: {
    inputs: { width: int(16, 16_384), height: int(16, 16_384), batch_size: int(1, 4096) },
    output: ['LATENT'],
  },
  KSampler: {
    inputs: {
      model: link('MODEL'),
      seed,
      steps: int(1, 10_000),
      cfg: float(0, 100),
      sampler_name: combo('euler', 'dpmpp_2m'),
      scheduler: combo('normal', 'karras'),
      positive: link('CONDITIONING'),
      negative: link('CONDITIONING'),
      latent_image: link('LATENT'),
      denoise: float(0, 1),
    },
    output: ['LATENT'],
    steps: true,
  },
  VAEDecode: { inputs: { samples: link('LATENT'), vae: link('VAE') }, output: ['IMAGE'] },
  CreateVideo: { inputs: { images: link('IMAGE'), fps: float(1, 120) }, output: ['VIDEO'] },
  SaveImage: {
    inputs: { images: link('IMAGE'), filename_prefix: string },
    output: [],
    saves: { key: 'images', extension: 'png' },
  },
  PreviewImage: {
    inputs: { images: link('IMAGE') },
    output: [],
    saves: { key: 'images', extension: 'png', temp: true },
  },
  SaveAnimatedWEBP: {
    inputs: { images: link('IMAGE'), filename_prefix: string, fps: float(0.01, 1000) },
    output: [],
    saves: { key: 'images', extension: 'webp', animated: true },
  },
  SaveVideo: {
    inputs: {
      video: link('VIDEO'),
      filename_prefix: string,
      format: combo('auto', 'mp4'),
      codec: combo('auto', 'h264'),
    },
    output: [],
    saves: { key: 'images', extension: 'mp4', animated: true },
  },
  VHS_VideoCombine: {
    inputs: { images: link('IMAGE'), filename_prefix: string, frame_rate: float(1, 120) },
    output: [],
    saves: { key: 'gifs', extension: 'mp4' },
  },
};
