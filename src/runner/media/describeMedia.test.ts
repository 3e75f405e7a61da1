import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { makeClip, onePixel } from '../../../test/lib/tinyMedia.ts';
import type { PipelineFile } from '../../core/ports/pipeline.ts';
import { sniffMedia } from '../../core/domain/sniffMedia.ts';
import { describeMedia } from './describeMedia.ts';
import { findProgram } from './findProgram.ts';

/** Looks at files of a folder; what was said is in `logged`. */
function desk(folder = tempFolder()) {
  const logged: string[] = [];
  const { signal } = new AbortController();
  const look = (...files: readonly PipelineFile[]) =>
    describeMedia({ folder, files, signal, log: (line) => logged.push(line) });
  return { folder, logged, look };
}

const clip = (name: string, mediaType: string): PipelineFile => ({ name, mediaType });
const clips = tempClips();

/** Each kind is made once. */
function tempClips() {
  const made = new Map<string, Promise<Buffer>>();
  return async (folder: string, name: Parameters<typeof makeClip>[1]): Promise<void> => {
    const bytes = made.get(name) ?? makeClip(folder, name).then(() => readFile(join(folder, name)));
    made.set(name, bytes);
    await writeFile(join(folder, name), await bytes);
  };
}

/** A program of that name that comes first on the path. */
function stubTool(name: 'ffmpeg' | 'ffprobe', script: string): string {
  const folder = tempFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

const path = process.env['PATH'] ?? '';

describe('a picture', () => {
  test('is what its bytes say, and as large as they say', async () => {
    const { folder, look } = desk();
    await writeFile(join(folder, '01.png'), onePixel);
    const claim = { name: '01.png', mediaType: 'image/png', width: 4096, height: 4096 };
    expect(await look(claim)).toEqual([{ name: '01.png', mediaType: 'image/png', width: 1, height: 1 }]);
    expect(readdirSync(folder)).toEqual(['01.png']);
  });

  test('that is a text is refused, and so is one that is not there or a link', async () => {
    const { folder, look } = desk();
    await writeFile(join(folder, '01.png'), 'Traceback (most recent call last)');
    symlinkSync('/etc/hostname', join(folder, '02.png'));
    for (const [name, reason] of [
      ['01.png', '01.png is no image/png file'],
      ['02.png', '02.png is not a plain file'],
      ['03.png', '03.png is not there'],
    ] as const)
      await expect(look(clip(name, 'image/png'))).rejects.toMatchObject({
        code: 'output-invalid',
        data: { reason },
      });
  });
});

describe('a video', () => {
  test.each([
    ['01.mp4', 'video/mp4', 'h264'],
    ['01.webm', 'video/webm', 'vp8'],
    ['01.mov', 'video/quicktime', 'mjpeg'],
    ['01.avi', 'video/x-msvideo', 'mjpeg'],
  ] as const)('in %s is measured, and gets a poster', async (name, mediaType, codec) => {
    const { folder, logged, look } = desk();
    await clips(folder, name);
    const [video, poster, ...more] = await look({ ...clip(name, mediaType), duration: 3600, width: 7 });
    expect(video).toMatchObject({ name, mediaType, codec, width: 64, height: 48 });
    expect(video?.duration).toBeCloseTo(0.5, 1);
    expect(poster).toEqual({
      ...{ name: '01.poster.jpg', mediaType: 'image/jpeg', use: 'poster' },
      ...{ width: 64, height: 48 },
    });
    expect(more).toEqual([]);
    expect(sniffMedia(readFileSync(join(folder, '01.poster.jpg')))).toBe('image/jpeg');
    expect(logged).toEqual([]);
  });

  test('that is large has a poster of a sane size', async () => {
    const { folder, look } = desk();
    await makeClip(folder, '01.mp4', '2048x858');
    const [, poster] = await look(clip('01.mp4', 'video/mp4'));
    expect(poster).toMatchObject({ width: 1280, height: 536 });
  });

  test('beside the take is measured, and the poster stays last', async () => {
    const { folder, look } = desk();
    await clips(folder, '01.mp4');
    await copyFile(join(folder, '01.mp4'), join(folder, '02.mp4'));
    const made = await look(clip('01.mp4', 'video/mp4'), clip('02.mp4', 'video/mp4'));
    expect(made.map(({ name }) => name)).toEqual(['01.mp4', '02.mp4', '01.poster.jpg']);
    expect(made[1]).toMatchObject({ codec: 'h264', width: 64 });
  });

  test('has no poster where the pipeline left something of its name, which stays', async () => {
    const { folder, logged, look } = desk();
    await clips(folder, '01.mp4');
    const outside = join(tempFolder(), 'outside.jpg');
    symlinkSync(outside, join(folder, '01.poster.jpg'));
    expect(await look(clip('01.mp4', 'video/mp4'))).toHaveLength(1);
    expect(logged).toEqual(['01.mp4 has no poster: 01.poster.jpg is there already.']);
    expect(existsSync(outside)).toBe(false);
  });

  test('that cannot be read is a clear error', async () => {
    const { folder, look } = desk();
    await clips(folder, '01.mp4');
    await truncate(join(folder, '01.mp4'), 600);
    await expect(look(clip('01.mp4', 'video/mp4'))).rejects.toMatchObject({
      code: 'output-invalid',
      data: { reason: expect.stringMatching(/^01\.mp4 cannot be played: /) as string },
    });
  });

  test('that is a list of other files is not followed', async () => {
    const { folder, look } = desk();
    await clips(folder, '01.mp4');
    const secret = join(tempFolder(), 'secret.mp4');
    await copyFile(join(folder, '01.mp4'), secret);
    await writeFile(join(folder, '02.mp4'), `#EXTM3U\n#EXTINF:1,\nfile://${secret}\n#EXT-X-ENDLIST\n`);
    await expect(look(clip('02.mp4', 'video/mp4'))).rejects.toMatchObject({ code: 'output-invalid' });
    const disguised = Buffer.concat([Buffer.from('\0\0\0\x08free'), readFileSync(join(folder, '02.mp4'))]);
    await writeFile(join(folder, '03.mov'), disguised);
    await expect(look(clip('03.mov', 'video/quicktime'))).rejects.toMatchObject({ code: 'output-invalid' });
  });
});

describe('without a usable FFmpeg', () => {
  test.each([
    ['no ffprobe', () => tempFolder(), /ffprobe was not found/],
    ['an ffprobe that breaks', () => stubTool('ffprobe', 'echo "lib missing" >&2; exit 127'), /lib missing/],
    ['an ffprobe that prints anything', () => stubTool('ffprobe', 'echo "<html>"'), /something else/],
  ] as const)('(%s) a video is taken as it is, and the log says so', async (_what, folderOfTool, words) => {
    const { folder, logged, look } = desk();
    await clips(folder, '01.mp4');
    vi.stubEnv('PATH', folderOfTool());
    const made = await look(clip('01.mp4', 'video/mp4')).finally(() => vi.unstubAllEnvs());
    expect(made).toEqual([clip('01.mp4', 'video/mp4')]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(words);
  });

  test('(an ffmpeg that makes no picture) it is measured, and has no poster', async () => {
    const { folder, logged, look } = desk();
    await clips(folder, '01.mp4');
    vi.stubEnv('PATH', `${stubTool('ffmpeg', 'echo no picture')}:${path}`);
    const made = await look(clip('01.mp4', 'video/mp4')).finally(() => vi.unstubAllEnvs());
    expect(made).toMatchObject([{ name: '01.mp4', width: 64, codec: 'h264' }]);
    expect(logged).toEqual(['01.mp4 has no poster: ffmpeg made no picture of it.']);
    expect(existsSync(join(folder, '01.poster.jpg'))).toBe(false);
  });

  test('(one that hangs) cancelling ends it at once', async () => {
    const { folder } = desk();
    await clips(folder, '01.mp4');
    const begun = join(tempFolder(), 'begun');
    vi.stubEnv('PATH', `${stubTool('ffprobe', `touch ${begun}; exec sleep 60`)}:${path}`);
    const cancel = new AbortController();
    const files = [clip('01.mp4', 'video/mp4')];
    const looking = describeMedia({ folder, files, signal: cancel.signal, log: () => undefined });
    const ended = expect(looking).rejects.toThrow('not wanted any more');
    await expect.poll(() => existsSync(begun)).toBe(true);
    cancel.abort(new Error('not wanted any more'));
    await ended;
    vi.unstubAllEnvs();
  });
});

test('programs are looked for in the folders of the path alone', async () => {
  const folder = stubTool('ffmpeg', '');
  expect(await findProgram('ffmpeg', `.::${tempFolder()}:${folder}`)).toBe(join(folder, 'ffmpeg'));
  expect(await findProgram('ffmpeg', '.:relative')).toBeUndefined();
});
