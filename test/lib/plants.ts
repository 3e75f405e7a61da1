import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program hidden in a repository, which makes a file when it is run. */
export interface Plant {
  readonly name: string;
  /** Sets it in the project; `run` is the command that makes the canary. */
  readonly set: (root: string, run: string) => void;
  /** What a person would do in the folder that runs it; arguments of Git, or of another command. */
  readonly trigger: readonly (readonly string[])[];
  /**
   * What holds in a folder the user trusts: it is never run; the commit is kept pending; or it is the user's
   * own, as hooks and signing are. In one that is not trusted nothing is run at all.
   */
  readonly trusted: 'never' | 'pending' | 'runs';
}

function config(root: string, ...args: readonly string[]): void {
  execFileSync('git', ['config', '--local', ...args], { cwd: root });
}

function hook(path: string, run: string): void {
  writeFileSync(path, `#!/bin/sh\n${run}\n`);
  chmodSync(path, 0o755);
}

const touchManifest = ['touch', 'project.json'];
const add = ['add', '--all'];
const commit = ['commit', '--quiet', '--allow-empty', '-m', 'x'];

function lfsFilter(key: string, value: (run: string) => string): Plant {
  return {
    name: `filter.lfs.${key}`,
    set: (root, run) => {
      if (key !== 'process') config(root, '--unset-all', 'filter.lfs.process');
      config(root, `filter.lfs.${key}`, value(run));
    },
    trigger:
      key === 'smudge'
        ? [
            ['add', '03_Renders'],
            ['checkout-index', '--force', '--prefix=05_Cache/', '--all'],
          ]
        : [add],
    trusted: 'pending',
  };
}

export const plants: readonly Plant[] = [
  {
    name: 'core.fsmonitor',
    set: (root, run) => config(root, 'core.fsmonitor', `${run}; false`),
    trigger: [['status']],
    trusted: 'never',
  },
  {
    name: 'diff.external',
    set: (root, run) => config(root, 'diff.external', `sh -c "${run}" --`),
    trigger: [add, ['diff', '--cached', '--ext-diff']],
    trusted: 'never',
  },
  {
    name: 'core.pager',
    set: (root, run) => config(root, 'core.pager', `${run}; cat`),
    // A pager runs on a terminal alone.
    trigger: [['script', '-qec', 'git log', '/dev/null']],
    trusted: 'never',
  },
  {
    name: 'core.editor',
    set: (root, run) => config(root, 'core.editor', `${run}; false`),
    trigger: [['commit', '--allow-empty']],
    trusted: 'never',
  },
  {
    name: 'core.sshCommand',
    set: (root, run) => config(root, 'core.sshCommand', `${run}; false`),
    trigger: [['ls-remote', 'ssh://nobody@localhost/x']],
    trusted: 'never',
  },
  {
    name: 'credential.helper',
    set: (root, run) => config(root, 'credential.helper', `!${run}; echo`),
    trigger: [['credential', 'fill']],
    trusted: 'never',
  },
  {
    name: 'an alias',
    set: (root, run) => config(root, 'alias.st', `!${run}`),
    trigger: [['st']],
    trusted: 'never',
  },
  lfsFilter('clean', (run) => `${run}; cat`),
  lfsFilter('process', (run) => `${run}; git-lfs filter-process`),
  lfsFilter('smudge', (run) => `${run}; cat`),
  {
    name: 'a filter through include.path',
    set: (root, run) => {
      const file = join(root, 'hostile.config');
      writeFileSync(file, `[filter "lfs"]\n\tprocess = "${run}; git-lfs filter-process"\n`);
      config(root, 'include.path', '../hostile.config');
    },
    trigger: [add],
    trusted: 'pending',
  },
  {
    name: 'a filter of another name',
    set: (root, run) => {
      config(root, 'filter.other.clean', `${run}; cat`);
      appendFileSync(join(root, '.gitattributes'), '*.json filter=other\n');
    },
    trigger: [touchManifest, add],
    trusted: 'runs',
  },
  {
    name: 'a hook',
    set: (root, run) => {
      mkdirSync(join(root, '.git', 'hooks'), { recursive: true });
      hook(join(root, '.git', 'hooks', 'pre-commit'), run);
    },
    trigger: [commit],
    trusted: 'runs',
  },
  {
    name: 'core.hooksPath',
    set: (root, run) => {
      mkdirSync(join(root, '04_Project_Files', 'hooks'), { recursive: true });
      hook(join(root, '04_Project_Files', 'hooks', 'pre-commit'), run);
      config(root, 'core.hooksPath', '04_Project_Files/hooks');
    },
    trigger: [commit],
    trusted: 'runs',
  },
  {
    name: 'gpg.program',
    set: (root, run) => {
      const program = join(root, '04_Project_Files', 'sign');
      hook(program, `${run}; exit 1`);
      config(root, 'gpg.program', program);
      config(root, 'commit.gpgSign', 'true');
    },
    trigger: [commit],
    trusted: 'runs',
  },
];

export function plant(root: string, canary: string, { set }: Plant): void {
  set(root, `touch '${canary}'`);
}

/** Proves that it would be run: what a person does in the folder makes the canary, which is then taken away. */
export function runsByHand(root: string, canary: string, { name, trigger }: Plant): void {
  for (const [first = '', ...rest] of trigger) {
    const [program, args] = ['touch', 'script'].includes(first) ? [first, rest] : ['git', [first, ...rest]];
    spawnSync(program, args, { cwd: root, input: 'protocol=https\nhost=localhost\n\n', timeout: 30_000 });
  }
  if (!existsSync(canary)) throw new Error(`${name} did not run by hand, so the test would prove nothing`);
  rmSync(canary);
  spawnSync('git', ['reset', '--quiet'], { cwd: root });
  rmSync(canary, { force: true });
}
