import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { AuteurError, toFailure } from '../errors.ts';
import { Project } from '../model/project.ts';
import { projectFolders as gitKept } from './gitTemplates.ts';
import { createProjectFolder } from './scaffold.ts';
import { validateProject } from './validate.ts';

const request = (workspace: string, name = 'The Last Reel') => ({
  name,
  workspace,
  quality: 'low' as const,
  structure: 'three-act',
});

afterEach(() => vi.unstubAllEnvs());

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

test('a new project is whole: folders that survive a clone, manifest, LFS, one commit', async () => {
  const workspace = tempFolder();
  const root = await createProjectFolder(request(workspace));
  expect(root).toBe(join(workspace, 'Projects', 'The_Last_Reel'));
  expect(Project.parse(JSON.parse(readFileSync(join(root, 'project.json'), 'utf8'))).name).toBe(
    'The Last Reel',
  );
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(git(root, 'rev-list', '--count', 'HEAD').trim()).toBe('1');
  expect(git(root, 'config', '--local', '--get', 'filter.lfs.process')).toContain('git-lfs');
  const clone = join(workspace, 'clone');
  git(workspace, 'clone', '--quiet', root, clone);
  for (const folder of gitKept) expect(existsSync(join(clone, folder))).toBe(true);
  expect(readdirSync(join(workspace, 'Library')).sort()).toEqual([
    'AI_Models',
    'Narrative_Templates',
    'Pipeline_Templates',
    'Stock_Media',
  ]);
  expect(await validateProject(root, { git: true })).toEqual([]);
});

test.each(['take.png', 'TAKE.PNG', 'Clip.MOV', 'model.safetensors', 'cut.drp', 'song.Wav', 'board.psd'])(
  '%s goes to LFS',
  async (name) => {
    const root = await createProjectFolder(request(tempFolder()));
    expect(git(root, 'check-attr', 'filter', '--', `01_Assets/${name}`)).toContain('filter: lfs');
  },
);

test('names that become one folder stand side by side, the same name twice is refused', async () => {
  const workspace = tempFolder();
  const first = await createProjectFolder(request(workspace, 'A/B'));
  const second = await createProjectFolder(request(workspace, 'A:B'));
  expect([first, second].map((root) => root.split('/').at(-1))).toEqual(['A_B', 'A_B_2']);
  await expect(createProjectFolder(request(workspace, 'A/B'))).rejects.toMatchObject({
    code: 'folder-exists',
  });
  expect(readdirSync(join(workspace, 'Projects')).sort()).toEqual(['A_B', 'A_B_2']);
});

test.each([
  [
    ['Caf\u00e9', 'Cafe\u0301'],
    ['Caf\u00e9', 'Caf\u00e9_2'],
  ],
  [
    ['Film', 'film', 'FILM'],
    ['FILM_3', 'Film', 'film_2'],
  ],
  [
    ['nul.txt', '-rf', '..', 'trailing. '],
    ['Untitled', '_nul.txt', 'rf', 'trailing'],
  ],
])('%j stand side by side, on a disk that knows no case too', async (names, folders) => {
  const workspace = tempFolder();
  const roots: string[] = [];
  for (const name of names) roots.push(await createProjectFolder(request(workspace, name)));
  expect(readdirSync(join(workspace, 'Projects')).sort()).toEqual(folders);
  const kept = roots.map((root) =>
    Project.parse(JSON.parse(readFileSync(join(root, 'project.json'), 'utf8'))),
  );
  expect(kept.map(({ name }) => name)).toEqual(names);
});

test('two processes that make one project at once leave one whole project', async () => {
  const workspace = tempFolder();
  const made = await Promise.allSettled([
    createProjectFolder(request(workspace)),
    createProjectFolder(request(workspace)),
  ]);
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(readdirSync(join(workspace, 'Projects'))).toEqual(['The_Last_Reel']);
});

test('names that are one folder on some disks get two, also when they are made at once', async () => {
  const workspace = tempFolder();
  const names = ['Caf\u00e9', 'Cafe\u0301', 'CAF\u00c9'];
  await Promise.all(names.map((name) => createProjectFolder(request(workspace, name))));
  const folders = readdirSync(join(workspace, 'Projects')).map((folder) =>
    folder.normalize('NFC').toLowerCase(),
  );
  expect(folders.sort()).toEqual(['caf\u00e9', 'caf\u00e9_2', 'caf\u00e9_3']);
});

test('a workspace that is a file, or lies in one, is named as what it is', async () => {
  const file = join(tempFolder(), 'workspace');
  writeFileSync(file, 'mine');
  for (const workspace of [file, join(file, 'below')]) {
    await expect(createProjectFolder(request(workspace))).rejects.toMatchObject({
      code: 'workspace-unusable',
      data: { path: workspace, reason: 'a file lies where a folder is needed.' },
    });
  }
});

test('a folder that is somebody else’s is not touched', async () => {
  const workspace = tempFolder();
  const theirs = join(workspace, 'Projects', 'The_Last_Reel');
  await mkdir(theirs, { recursive: true });
  await writeFile(join(theirs, 'notes.txt'), 'mine');
  await expect(createProjectFolder(request(workspace))).rejects.toMatchObject({ code: 'folder-exists' });
  expect(readdirSync(theirs)).toEqual(['notes.txt']);
});

/** A folder with links to the named programs alone, to be the whole PATH. */
async function pathWith(...programs: string[]): Promise<string> {
  const folder = tempFolder();
  const { symlink } = await import('node:fs/promises');
  for (const program of programs) {
    await symlink(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(folder, program));
  }
  return folder;
}

test.each([
  ['git-missing', async () => vi.stubEnv('PATH', await pathWith())],
  ['lfs-missing', async () => vi.stubEnv('PATH', await pathWith('git'))],
  [
    'git-identity-missing',
    () => {
      for (const role of ['AUTHOR', 'COMMITTER'])
        for (const part of ['NAME', 'EMAIL']) vi.stubEnv(`GIT_${role}_${part}`, undefined);
      vi.stubEnv('EMAIL', undefined);
      const config = join(tempFolder(), 'config');
      execFileSync('git', ['config', '--file', config, 'user.useConfigOnly', 'true']);
      vi.stubEnv('GIT_CONFIG_GLOBAL', config);
      return Promise.resolve();
    },
  ],
] as const)('%s is said with the command to run, and nothing half-made is left', async (code, spoil) => {
  const workspace = tempFolder();
  await spoil();
  const error: unknown = await createProjectFolder(request(workspace)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(AuteurError.is(error) && error.hint).toMatch(/apt install|git config/);
  expect(readdirSync(workspace)).toEqual([]);
});

/** The user's own settings for all repositories. */
function stubGlobalConfig(...settings: readonly (readonly [name: string, value: string])[]): void {
  const config = join(tempFolder(), 'config');
  for (const [name, value] of settings) execFileSync('git', ['config', '--file', config, name, value]);
  vi.stubEnv('GIT_CONFIG_GLOBAL', config);
}

test.each(['pre-push', undefined])(
  'hooks the user keeps elsewhere (%s) are not written to',
  async (existing) => {
    const hooks = tempFolder();
    if (existing !== undefined) writeFileSync(join(hooks, existing), '#!/bin/sh\n');
    stubGlobalConfig(['core.hooksPath', hooks]);
    const root = await createProjectFolder(request(tempFolder()));
    expect(readdirSync(hooks)).toEqual(existing === undefined ? [] : [existing]);
    expect(readdirSync(join(root, '.git', 'hooks'))).toEqual(
      expect.arrayContaining(['post-checkout', 'post-commit', 'post-merge', 'pre-push']),
    );
    expect(git(root, 'config', '--local', '--get', 'filter.lfs.process')).toContain('git-lfs');
  },
);

test('a hook of the user’s template stays as it is', async () => {
  const template = tempFolder();
  mkdirSync(join(template, 'hooks'));
  writeFileSync(join(template, 'hooks', 'pre-push'), '#!/bin/sh\nexit 0\n');
  stubGlobalConfig(['init.templateDir', template]);
  const root = await createProjectFolder(request(tempFolder()));
  expect(readFileSync(join(root, '.git', 'hooks', 'pre-push'), 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});

test('a hook that refuses the first commit is told with the folder that was asked for', async () => {
  const hooks = tempFolder();
  writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\necho "not on a Friday" >&2\nexit 1\n');
  chmodSync(join(hooks, 'pre-commit'), 0o755);
  stubGlobalConfig(['core.hooksPath', hooks]);
  const workspace = tempFolder();
  const error: unknown = await createProjectFolder(request(workspace)).catch((thrown: unknown) => thrown);
  const { message, hint } = toFailure(error);
  expect(message).toContain(join(workspace, 'Projects', 'The_Last_Reel'));
  expect(message).toContain('not on a Friday');
  expect(`${message}${hint ?? ''}`).not.toMatch(/\.new-|git status/);
  expect(readdirSync(join(workspace, 'Projects'))).toEqual([]);
});

test('a plain file of the name is not touched', async () => {
  const workspace = tempFolder();
  await mkdir(join(workspace, 'Projects'));
  await writeFile(join(workspace, 'Projects', 'The_Last_Reel'), 'mine');
  await expect(createProjectFolder(request(workspace))).rejects.toMatchObject({ code: 'folder-exists' });
  expect(readFileSync(join(workspace, 'Projects', 'The_Last_Reel'), 'utf8')).toBe('mine');
});

test('a workspace that is not there yet is made with its parents', async () => {
  const workspace = join(tempFolder(), 'deep', 'er');
  expect(await createProjectFolder(request(workspace))).toBe(join(workspace, 'Projects', 'The_Last_Reel'));
});

test('many made side by side do not trip over what the others finish', async () => {
  const workspace = tempFolder();
  const names = Array.from({ length: 8 }, (_, index) => `Film ${index}`);
  await Promise.all(names.map((name) => createProjectFolder(request(workspace, name))));
  expect(readdirSync(join(workspace, 'Projects'))).toHaveLength(8);
});
