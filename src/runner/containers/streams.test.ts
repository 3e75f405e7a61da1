import { describe, expect, it } from 'vitest';
import { outputLines } from '../pipelines/container/outputLines.ts';
import { demultiplexed } from './demultiplexed.ts';
import { readFirstFile } from './tarFile.ts';

async function* pieces(whole: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function all<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

function frame(stream: 1 | 2, text: string | Buffer): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

describe('the log stream of an engine', () => {
  const log = Buffer.concat([
    frame(1, 'one\ntw'),
    frame(2, ''),
    frame(2, 'an error\n'),
    frame(1, 'o\nthree'),
  ]);

  it.each([1, 3, 7, 8, 9, 1000])('is read the same in pieces of %i bytes', async (size) => {
    const bytes = Buffer.concat(await all(demultiplexed(pieces(log, size))));
    expect(bytes.toString()).toBe('one\ntwan error\no\nthree');
    expect(await all(outputLines(demultiplexed(pieces(log, size))))).toEqual([
      'one',
      'twan error',
      'o',
      'three',
    ]);
  });

  it('that is cut off in a frame gives what came', async () => {
    const bytes = await all(demultiplexed(pieces(log.subarray(0, 10), 4)));
    expect(Buffer.concat(bytes).toString()).toBe('on');
  });
});

describe('lines of a pipeline', () => {
  it('end as on any system, and show what is no text as such', async () => {
    const bytes = Buffer.from([0x61, 0x0d, 0x0a, 0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x0a, 0x62]);
    expect(await all(outputLines(pieces(bytes, 2)))).toEqual(['a', '\ufffd\ufffd\ufffd\ufffd[', 'b']);
  });

  it('are without colours, and as they were drawn last', async () => {
    const bar = '\r 10%|#   | 1/10\r100%|####| 10/10\n\u001b[1;31mToo hot\u001b[0m\r\n';
    expect(await all(outputLines(pieces(Buffer.from(bar), 5)))).toEqual(['100%|####| 10/10', 'Too hot']);
  });

  it('that never end are cut, so that they fill no memory', async () => {
    const lines = await all(outputLines(pieces(Buffer.alloc(1_000_000, 'x'), 10_000)));
    expect(lines.join('')).toHaveLength(1_000_000);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(100_000);
  });
});

describe('an archive of one file', () => {
  it('is read, and a broken one is nothing', async () => {
    const header = Buffer.alloc(512);
    header.write('job.json', 0);
    header.write('00000000005\0', 124);
    const archive = Buffer.concat([header, Buffer.from('hello'), Buffer.alloc(507)]);
    expect((await readFirstFile(pieces(archive, 100)))?.toString()).toBe('hello');
    expect(await readFirstFile(pieces(Buffer.from('no archive'), 3))).toBeUndefined();
  });
});
