/** What the system says in the words of C, and in those of Go, in which Git LFS is written. */
const causes: readonly (readonly [words: RegExp, code: string])[] = [
  [/no space left on device/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'ENOSPC'],
  [/read-only file system/i, 'EROFS'],
  [/input\/output error/i, 'EIO'],
  // Of a file; what a server does not permit has more words behind it.
  [/: permission denied\r?$/i, 'EACCES'],
];

/** The line of what Git has printed that names a fault of the disk: the others only tell what came of it. */
export function systemCauseOf(output: string): { readonly code: string; readonly line: string } | undefined {
  const lines = output.split('\n');
  for (const [words, code] of causes) {
    const line = lines.find((one) => words.test(one));
    if (line !== undefined) return { code, line: line.trim() };
  }
  return undefined;
}
