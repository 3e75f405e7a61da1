import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { JobLog } from './jobLog.ts';

/** As a disk that says only at the end that it has not kept everything. */
function failAtClose(): void {
  const { open } = fs;
  const opened = vi.spyOn(fs, 'open').mockImplementation(async (...args) => {
    const handle = await open(...args);
    const close = handle.close.bind(handle);
    return Object.assign(handle, {
      close: async () => {
        await close();
        throw new Error('EIO');
      },
    });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    opened.mockRestore();
    syncBuiltinESMExports();
  });
}

test('a log that its disk does not keep is told of, and ends nothing else', async () => {
  failAtClose();
  const file = join(tempFolder(), 'logs', 'one.log');
  const warned: unknown[] = [];
  const log = await JobLog.open(file, (error) => warned.push(error));
  await log.add('loading');
  await log.close();
  expect(warned).toEqual([new Error('EIO')]);
  expect(readFileSync(file, 'utf8')).toBe('loading\n');
});

test('how the image was made is in the log, and is none of the last words of the pipeline', async () => {
  const file = join(tempFolder(), 'logs', 'one.log');
  const log = await JobLog.open(file, () => undefined);
  await log.note('Successfully built');
  await log.add('no dust');
  expect(log.last).toBe('no dust');
  await log.close();
  expect(readFileSync(file, 'utf8')).toBe('Successfully built\nno dust\n');
});
