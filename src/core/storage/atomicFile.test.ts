import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { createExclusively, writeFileAtomic } from './atomicFile.ts';

test.each([createExclusively, writeFileAtomic])(
  'what cannot be made is told by its folder, and the same each time: %o',
  async (make) => {
    const folder = join(tempFolder(), 'gone');
    const failure = expect.objectContaining({
      code: 'ENOENT',
      message: expect.stringMatching(/open '.+gone'$/) as string,
    }) as unknown;
    await expect(make(join(folder, 'take.json'), '{}')).rejects.toEqual(failure);
  },
);
