import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from './programFolder.ts';

/** A folder whose `program` runs these lines of shell first, then the real one, as on a machine set up otherwise. */
export function wrappedProgram(folder: string, program: string, lines: string): string {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, program);
  writeFileSync(script, `#!/bin/sh\n${lines}\nexec '${pathOf(program)}' "$@"\n`);
  chmodSync(script, 0o755);
  return folder;
}
