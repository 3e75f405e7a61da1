import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const pngStart = Buffer.from('89504e470d0a1a0a', 'hex');

/** What passes for a PNG as far as its first bytes tell. */
export function asPng(text: string): Buffer {
  return Buffer.concat([pngStart, Buffer.from(text)]);
}

/** A white PNG of one pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

const codecs = { mp4: 'libx264', mov: 'mjpeg', webm: 'libvpx', avi: 'mjpeg', mkv: 'libx264' } as const;

/** Half a second of a test picture, by the real FFmpeg. */
export async function makeClip(
  folder: string,
  name: `${string}.${keyof typeof codecs}`,
  size = '64x48',
): Promise<void> {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const codec = Object.entries(codecs).find(([key]) => key === ending)?.[1] ?? '';
  const source = `testsrc=size=${size}:rate=8:duration=0.5`;
  const args = ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', source, '-c:v', codec];
  await promisify(execFile)('ffmpeg', [...args, '-pix_fmt', 'yuv420p', '-y', join(folder, name)]);
}
