import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { png } from '../../../../test/lib/comfy/pictures.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { JobId } from '../../../core/model/ids.ts';
import { PreviewFile, previewFileOf, sweepPreviews } from './previewFile.ts';

const job = JobId.parse('job');

/** The header of a picture of so many pixels, which unfolds to all of them. */
function sized(width: number, height: number): Buffer {
  const small = png(1, 1, 'abcdef');
  small.writeUInt32BE(width, 16);
  small.writeUInt32BE(height, 20);
  return small;
}

test('the newest of a flood of previews is kept, with a pause between two', async () => {
  const home = tempFolder();
  const log: string[] = [];
  const file = new PreviewFile(previewFileOf(home, job), (line) => log.push(line));
  for (let step = 0; step < 5_000; step++) file.show(png(1, 1, `abcdef ${step}`));
  await expect.poll(() => existsSync(previewFileOf(home, job))).toBe(true);
  await expect.poll(() => readFileSync(previewFileOf(home, job), 'latin1')).toContain('abcdef 4999');
  await file.close(false);
  expect(readdirSync(join(home, 'previews'))).toEqual([]);
  expect(log).toEqual([]);
});

test.each([
  ['no picture', Buffer.from('<svg onload="alert(1)"/>')],
  ['nothing at all', Buffer.alloc(0)],
  ['more than a preview', Buffer.concat([png(1, 1, 'abcdef'), Buffer.alloc(8 * 1024 * 1024)])],
  ['what unfolds to gigabytes', sized(60_000, 60_000)],
])('%s is not shown', async (_, image) => {
  const home = tempFolder();
  const file = new PreviewFile(previewFileOf(home, job), () => undefined);
  file.show(image);
  await file.close(true);
  expect(existsSync(previewFileOf(home, job))).toBe(false);
});

test('what a killed program has left is removed when its job has ended, and nothing else', async () => {
  const home = tempFolder();
  mkdirSync(join(home, 'previews'));
  for (const name of ['ended.jpg', 'ended.jpg.new', 'runs.jpg', 'else.txt'])
    writeFileSync(join(home, 'previews', name), 'x');
  await sweepPreviews(home, (id) => (id === 'runs' ? 'running' : 'cancelled'));
  expect(readdirSync(join(home, 'previews')).sort()).toEqual(['else.txt', 'runs.jpg']);
});
