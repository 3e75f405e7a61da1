import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './paths.ts';

const run = promisify(execFile);

export interface ExtensionPackage {
  readonly vsix: string;
  readonly bytes: number;
  /** Of what VS Code loads when the extension is activated. */
  readonly entryBytes: number;
  /** Paths of what is in it. */
  readonly files: readonly string[];
  /** Those of them that were compiled for one kind of machine. */
  readonly native: readonly string[];
}

/** Makes the .vsix as it is released; it leaves the built files behind as they are in it. */
export async function makePackage(folder: string): Promise<ExtensionPackage> {
  const vsix = join(folder, 'auteur.vsix');
  const cwd = repositoryRoot;
  await run('npm', ['run', '--silent', 'package', '--', '--out', vsix], { cwd });
  const listed = await run('npx', ['vsce', 'ls', '--no-dependencies'], { cwd });
  const files = listed.stdout.trim().split('\n');
  return {
    vsix,
    bytes: (await stat(vsix)).size,
    entryBytes: (await stat(join(cwd, 'dist/extension.cjs'))).size,
    files,
    native: files.filter((file) => /\.(node|dll|dylib|so)$/.test(file)),
  };
}
