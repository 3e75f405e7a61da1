import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../core/errors.ts';

/** What the command `auteur` starts. */
export interface ShimTarget {
  /** The editor's own Node: on the desktop this is Electron. */
  readonly node: string;
  readonly cli: string;
  readonly electron: boolean;
}

interface ShimFile {
  readonly name: string;
  readonly content: string;
}

const header = 'Auteur Movie Director writes this file anew when it starts in a window.';
const gone = [
  'error: The Auteur Movie Director that this command belongs to is no longer there.',
  'hint: Run "Developer: Reload Window" in VS Code, then try again.',
] as const;

const executable = 0o755;

/**
 * Makes the command in `folder`, or brings it up to date. Other windows may be running it meanwhile,
 * so each file appears whole, and one that is right is left alone.
 */
export async function installShim(folder: string, target: ShimTarget): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of shimFiles(folder, target, process.platform)) await install(folder, file);
}

/** Windows gets both: Git Bash runs the one for a shell. No `.ps1`, which Windows by default refuses to run. */
export function shimFiles(
  folder: string,
  target: ShimTarget,
  platform: NodeJS.Platform,
): readonly ShimFile[] {
  const windows = platform === 'win32';
  const shell = { name: 'auteur', content: shellShim(target, windows) };
  return windows ? [shell, { name: 'auteur.cmd', content: cmdShim(folder, target) }] : [shell];
}

function shellShim({ node, cli, electron }: ShimTarget, windows: boolean): string {
  const quoted = (file: string): string =>
    `'${(windows ? file.replaceAll('\\', '/') : file).replaceAll("'", "'\\''")}'`;
  return [
    '#!/bin/sh',
    `# ${header}`,
    `node=${quoted(node)}`,
    `cli=${quoted(cli)}`,
    'if [ ! -x "$node" ] || [ ! -f "$cli" ]; then',
    ...gone.map((line) => `  echo '${line}' >&2`),
    '  exit 1',
    'fi',
    ...(electron ? ['export ELECTRON_RUN_AS_NODE=1'] : []),
    'exec "$node" "$cli" "$@"',
    '',
  ].join('\n');
}

/** cmd.exe reads the file in the console's code page, so the user's name is better not in it: paths start at `%~dp0`. */
function cmdShim(folder: string, { node, cli, electron }: ShimTarget): string {
  const quoted = (file: string): string => {
    const fromHere = path.win32.relative(folder, file);
    const escaped = fromHere.replaceAll('%', '%%');
    return path.win32.isAbsolute(fromHere) ? `"${escaped}"` : `"%~dp0${escaped}"`;
  };
  const lines = [
    '@echo off',
    `rem ${header}`,
    'setlocal',
    ...(/^\p{ASCII}*$/u.test(quoted(node) + quoted(cli)) ? [] : ['chcp 65001 >nul']),
    ...(electron ? ['set "ELECTRON_RUN_AS_NODE=1"'] : []),
    `if not exist ${quoted(node)} goto gone`,
    `if not exist ${quoted(cli)} goto gone`,
    `${quoted(node)} ${quoted(cli)} %*`,
    'exit /b %ERRORLEVEL%',
    ':gone',
    ...gone.map((line) => `>&2 echo ${line}`),
    'exit /b 1',
    '',
  ];
  return lines.join('\r\n');
}

async function install(folder: string, { name, content }: ShimFile): Promise<void> {
  const file = path.join(folder, name);
  if (await isInstalled(file, content)) return;
  const temporary = path.join(folder, `.${name}.${randomUUID()}`);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    // Before it has its name: nobody may find it and be refused.
    await chmod(temporary, executable);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isInstalled(file: string, content: string): Promise<boolean> {
  try {
    if ((await readFile(file, 'utf8')) !== content) return false;
    return process.platform === 'win32' || ((await stat(file)).mode & executable) === executable;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
