import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { RunEnd } from '../ports/pipeline.ts';
import { sha256Of } from './sha256.ts';

test('hashing a huge file ends with the reason of its signal', async () => {
  const file = join(tempFolder(), 'huge.mov');
  writeFileSync(file, '');
  // Holes take no room, and minutes to read.
  truncateSync(file, 256 * 1024 ** 3);
  const ending = new AbortController();
  const hash = sha256Of(file, ending.signal);
  ending.abort(new RunEnd('handed-back'));
  await expect(hash).rejects.toMatchObject({ why: 'handed-back' });
  await expect(sha256Of(file, ending.signal)).rejects.toMatchObject({ why: 'handed-back' });
});
