import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sniffMedia } from '../../core/domain/sniffMedia.ts';
import { systemCode } from '../../core/errors.ts';
import type { PipelineFile } from '../../core/ports/pipeline.ts';
import { inputOf, type VideoFacts, type VideoFile } from './probeVideo.ts';
import { pictureSize } from './pictureSize.ts';
import { runTool, type ToolEnd } from './runTool.ts';

const longestSide = 1280;
/** Decoded they take four bytes a pixel. */
const mostPixels = 64_000_000;

/** A still of a video, beside it; a reason where there is none. */
export async function makePoster(
  video: VideoFile,
  { width, height, duration = 0 }: VideoFacts,
): Promise<PipelineFile | { readonly none: string }> {
  if (width * height > mostPixels) return { none: `it has ${width} × ${height} pixels` };
  // The first frame is often black; a third of the way in is the shot as it is meant.
  const at = duration / 3;
  let end = await stillAt(video, at);
  if (at > 0 && isEmpty(end)) end = await stillAt(video, 0);
  if (end.is !== 'done') return { none: end.reason };
  if (sniffMedia(end.stdout) !== 'image/jpeg') return { none: 'ffmpeg made no picture of it' };
  const name = `${video.name.replace(/\.[^.]*$/, '')}.poster.jpg`;
  if (!(await writeNew(join(video.folder, name), end.stdout))) return { none: `${name} is there already` };
  return { name, mediaType: 'image/jpeg', use: 'poster', ...pictureSize(end.stdout) };
}

/** Where the length is not what it says, there is no frame. */
function isEmpty(end: ToolEnd): boolean {
  return end.is === 'refused' || (end.is === 'done' && end.stdout.length === 0);
}

function stillAt(video: VideoFile, seconds: number): Promise<ToolEnd> {
  const { folder, signal } = video;
  const side = (one: string): string => `'min(${longestSide},${one})'`;
  const scale = `scale=w=${side('iw')}:h=${side('ih')}:force_original_aspect_ratio=decrease`;
  const args = [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-threads', '1'],
    ...(seconds > 0 ? ['-ss', seconds.toFixed(3)] : []),
    ...inputOf(video),
    ...['-map', '0:V:0', '-frames:v', '1', '-vf', scale, '-bitexact'],
    ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '3', 'pipe:1'],
  ];
  return runTool({ tool: 'ffmpeg', args, folder, signal });
}

/** Whether it was written: what a pipeline left under the name stays as it is. */
async function writeNew(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}
