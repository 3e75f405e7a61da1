import * as z from 'zod';
import { runTool } from './runTool.ts';

export interface VideoFacts {
  readonly width: number;
  readonly height: number;
  readonly codec: string;
  /** Seconds; absent where the file does not say. */
  readonly duration?: number;
}

export interface VideoFile {
  readonly folder: string;
  readonly name: string;
  readonly mediaType: string;
  readonly signal: AbortSignal;
}

const Seconds = z.coerce.number().positive().optional().catch(undefined);

/** What ffprobe prints, in the part we ask for. */
const Probe = z.object({
  streams: z
    .array(
      z.object({
        codec_name: z.string().min(1),
        width: z.int().positive(),
        height: z.int().positive(),
        duration: Seconds,
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
      }),
    )
    .max(1),
  format: z.object({ duration: Seconds }).default({}),
});

/** By its first bytes a file is one of these: FFmpeg is told so, lest it take it for a list of other files. */
const formats: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/webm': 'matroska',
  'video/x-matroska': 'matroska',
  'video/x-msvideo': 'avi',
};

/** How FFmpeg is to open a video: as what it is, and nothing but this file. */
export function inputOf({ name, mediaType }: VideoFile): readonly string[] {
  const format = formats[mediaType] ?? mediaType;
  return ['-protocol_whitelist', 'file', '-f', format, '-i', `file:${name}`];
}

const wanted = [
  'stream=codec_name,width,height,duration',
  'stream_side_data=rotation',
  'format=duration',
].join(':');

export type Probed = VideoFacts | { readonly unreadable: string } | { readonly unknown: string };

/** What a video is; whether it is one at all, where ffprobe can be asked. */
export async function probeVideo(file: VideoFile): Promise<Probed> {
  const args = ['-v', 'error', '-select_streams', 'V:0', '-show_entries', wanted, '-print_format', 'json'];
  const { folder, signal } = file;
  if (!(file.mediaType in formats)) return { unknown: `${file.mediaType} is not known by its first bytes` };
  const end = await runTool({ tool: 'ffprobe', args: [...args, ...inputOf(file)], folder, signal });
  if (end.is === 'unusable') return { unknown: end.reason };
  if (end.is === 'done') return factsOf(end.stdout.toString('utf8'));
  // One that cannot even say its version says nothing of the file.
  const version = await runTool({ tool: 'ffprobe', args: ['-version'], folder, signal });
  return version.is === 'done' ? { unreadable: end.reason } : { unknown: end.reason };
}

function factsOf(printed: string): Probed {
  const probe = readProbe(printed);
  if (probe === undefined) return { unknown: 'ffprobe printed something else than it should' };
  const [stream] = probe.streams;
  if (stream === undefined) return { unreadable: 'there is no picture in it' };
  const { width, height, codec_name: codec, side_data_list: sides = [] } = stream;
  const isTurned = sides.some(({ rotation = 0 }) => Math.abs(rotation % 180) === 90);
  const duration = stream.duration ?? probe.format.duration;
  return {
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    codec,
    ...(duration === undefined ? {} : { duration }),
  };
}

function readProbe(printed: string): z.infer<typeof Probe> | undefined {
  try {
    return Probe.safeParse(JSON.parse(printed)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
