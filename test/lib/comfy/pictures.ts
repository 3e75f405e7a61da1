import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, with a text in it, as ComfyUI keeps the workflow in its files. */
export function png(width: number, height: number, word: string): Buffer {
  const colour = Buffer.from(word.padEnd(6, '0').slice(0, 6), 'hex');
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => colour)]);
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('tEXt', Buffer.from(`prompt\0${word}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What begins like a film of the kind and says what it was made from. */
export function movie(extension: string, word: string): Buffer {
  if (extension === 'webp') return Buffer.from(`RIFF\0\0\0\0WEBPVP8X${word}`, 'latin1');
  if (extension === 'gif') return Buffer.from(`GIF89a${word}`, 'latin1');
  return Buffer.from(`\0\0\0\x18ftypisom${word}`, 'latin1');
}

/** A small picture, the brighter the further it is. */
export function preview(done: number, word: string): Buffer {
  const light = Math.round(60 + 180 * done).toString(16);
  return png(160, 90, `30${light}${light} ${word}`);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
