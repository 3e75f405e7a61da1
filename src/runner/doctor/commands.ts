import { existsSync } from 'node:fs';
import type { ErrorCode } from '../../core/errors.ts';

type Tool = 'git' | 'git-lfs';

const windowsPackages: Readonly<Record<Tool, string>> = { git: 'Git.Git', 'git-lfs': 'GitHub.GitLFS' };

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
    'git-identity-missing':
      'git config --global user.name "Your Name" && git config --global user.email you@example.com',
  };
  return Object.entries(known).find(([name]) => name === code)?.[1];
}

/** One word for the user's shell, whatever is in it. */
export function quoted(text: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\w@+=:,./-]+$/.test(text)) return text;
  return platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `git` in a folder. */
export function gitIn(root: string, ...args: readonly string[]): string {
  return ['git', '-C', root, ...args].map((word) => quoted(word)).join(' ');
}
