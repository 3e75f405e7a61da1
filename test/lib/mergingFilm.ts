import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Project } from '../../src/core/model/project.ts';
import { ShotList } from '../../src/core/model/shotList.ts';
import { addScene } from '../../src/core/storage/filmEdits.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';
import { tempFolder } from './tempFolder.ts';
import { textFilm } from './textFilm.ts';

export const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

export function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');
export const listIn = (root: string, path = list) => ShotList.parse(JSON.parse(read(root, path)));
export const projectIn = (root: string) => Project.parse(JSON.parse(read(root, 'project.json')));

export type Change = (root: string) => void | Promise<void>;

function commit(root: string, message: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', message);
}

/** Changes the shots of a list. */
export const shots =
  (change: (all: ShotList['shots']) => readonly object[], path = list): Change =>
  (root) => {
    const value = listIn(root, path);
    writeFileSync(join(root, path), formatJson({ ...value, shots: change(value.shots) }));
  };
export const first =
  (fields: object): Change =>
  (root) =>
    shots((all) => all.map((shot, index) => (index === 0 ? { ...shot, ...fields } : shot)))(root);

/** Two clones of a film of two scenes and three shots, one of them with a merge that Git could not make. */
export async function merging(ours: Change, theirs: Change): Promise<string> {
  const here = await fetched(ours, theirs);
  expect(() => git(here, 'merge', '--quiet', 'FETCH_HEAD')).toThrow();
  return here;
}

/** The same with a merge that Git has made by itself. */
export async function merged(ours: Change, theirs: Change, begin?: Change): Promise<string> {
  const here = await fetched(ours, theirs, begin);
  git(here, 'merge', '--quiet', '--no-edit', 'FETCH_HEAD');
  return here;
}

async function fetched(ours: Change, theirs: Change, begin?: Change): Promise<string> {
  const there = await textFilm({ shots: 3 });
  await addScene(there, '01', 'Another scene');
  await begin?.(there);
  writeFileSync(join(there, '.gitignore'), '.auteur/\n');
  git(there, 'init', '--quiet', '--initial-branch', 'main');
  commit(there, 'Begin');
  const here = join(tempFolder(), 'clone');
  git(there, 'clone', '--quiet', there, here);
  await theirs(there);
  commit(there, 'There');
  await ours(here);
  commit(here, 'Here');
  git(here, 'fetch', '--quiet', 'origin');
  return here;
}
