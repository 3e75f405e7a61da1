import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Buffer } from 'node:buffer';

const heads: Readonly<Record<string, Buffer>> = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  wav: Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
  mp3: Buffer.from('ID3\x04\0\0', 'latin1'),
};

/** Writes a small media file of the type its name says; `mark` makes its content its own. */
export function mediaFile(folder: string, name: string, mark = name): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const head = heads[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? Buffer.from('?');
  writeFileSync(path, Buffer.concat([head, Buffer.from(mark)]));
  return path;
}
