import { expect, test } from 'vitest';
import { GitFailure } from './git.ts';

test.each([
  ['error: write failed\nfatal: sha1 file: No space left on device', 'ENOSPC'],
  [
    'Error cleaning Git LFS object: open /film/.git/lfs/tmp/1: permission denied\nerror: packet write',
    'EACCES',
  ],
  ["fatal: Unable to create '/film/.git/index': Permission denied", 'EACCES'],
  [
    'git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
    undefined,
  ],
  ['Permission denied, please try again.', undefined],
])('what the system said to Git is its cause: %j', (output, code) => {
  expect(new GitFailure(128, output).code).toBe(code);
});
