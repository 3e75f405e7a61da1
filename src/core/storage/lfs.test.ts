import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { mediaState } from './lfs.ts';

test('only a file is media; anything else at its place is no media', async () => {
  const folder = tempFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('take.png'), 'picture');
  writeFileSync(at('pointer.png'), 'version https://git-lfs.github.com/spec/v1\n');
  mkdirSync(at('folder.png'));
  symlinkSync('round.png', at('round.png'));
  symlinkSync('take.png', at('link.png'));
  const socket = createServer().listen(at('socket.png'));
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  expect(await mediaState(at('take.png'))).toBe('present');
  expect(await mediaState(at('pointer.png'))).toBe('pointer');
  for (const name of [
    'nothing.png',
    'folder.png',
    'round.png',
    'link.png',
    'socket.png',
    'take.png/a.png',
    'a'.repeat(300),
  ]) {
    expect(await mediaState(at(name))).toBe('missing');
  }
});
