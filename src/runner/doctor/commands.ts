import { existsSync } from 'node:fs';
import { shellWord } from '../../core/domain/shellWord.ts';
import type { ErrorCode } from '../../core/errors.ts';

type Tool = 'git' | 'git-lfs' | 'ffmpeg';

const windowsPackages: Readonly<Record<Tool, string>> = {
  git: 'Git.Git',
  'git-lfs': 'GitHub.GitLFS',
  ffmpeg: 'Gyan.FFmpeg',
};

const linuxInstallers: readonly (readonly [program: string, command: string])[] = [
  ['/usr/bin/apt-get', 'sudo apt-get install'],
  ['/usr/bin/dnf', 'sudo dnf install'],
  ['/usr/bin/zypper', 'sudo zypper install'],
  ['/usr/bin/pacman', 'sudo pacman -S'],
  ['/sbin/apk', 'sudo apk add'],
];

/** The command that installs a tool on this system; undefined where we do not know its package manager. */
export function installCommand(tool: Tool): string | undefined {
  if (process.platform === 'win32') return `winget install ${windowsPackages[tool]}`;
  if (process.platform === 'darwin') return `brew install ${tool}`;
  const installer = linuxInstallers.find(([program]) => existsSync(program));
  return installer === undefined ? undefined : `${installer[1]} ${tool}`;
}

/** The command that mends what an error of the catalogue names. */
export function mendingCommand(code: string): string | undefined {
  const known: Partial<Record<ErrorCode, string | undefined>> = {
    'git-missing': installCommand('git'),
    'lfs-missing': installCommand('git-lfs'),
  };
  return Object.entries(known).find(([name]) => name === code)?.[1];
}

/**
 * One program with its arguments, as cmd, PowerShell, sh and zsh read it alike.
 * Undefined where a word cannot be written so: the hint then has to do.
 */
export function commandLine(
  words: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const quoted = words.map((word) => shellWord(word, platform)).filter((word) => word !== undefined);
  return quoted.length === words.length ? quoted.join(' ') : undefined;
}

/** `git` in a folder. */
export function gitIn(root: string, ...args: readonly string[]): string | undefined {
  return commandLine(['git', '-C', root, ...args]);
}
