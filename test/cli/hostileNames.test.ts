import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderKey } from '../../src/core/domain/names.ts';
import { hostileNames, refusedNames } from '../lib/hostileNames.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, git, type Ended, type Place } from './auteur.ts';
import {
  AddReply,
  ErrorReply,
  GenerateReply,
  ListReply,
  NewReply,
  ShowShotReply,
  ValidateReply,
} from './shapes.ts';

const control = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

let home: TestHome;
let workspace: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  home = await createTestHome();
  workspace = join(home.root, `wörk space's "quoted" $(id) \`id\` 50% #1 🎬 -x.`);
  env = { AUTEUR_HOME: join(home.root, `state of 'auteur' #1`), AUTEUR_WORKSPACE: workspace };
  mkdirSync(workspace);
});
afterAll(() => home.dispose());

function at(cwd: string): Place {
  return { home, cwd, env };
}

/** Nothing of a name drives a terminal, whoever reads the output. */
async function run(cwd: string, ...args: readonly string[]): Promise<Ended> {
  const ended = await auteur(at(cwd), ...args);
  for (const line of `${ended.stdout}\n${ended.stderr}`.split('\n')) expect(line).not.toMatch(control);
  return ended;
}

async function json(cwd: string, ...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await run(cwd, '--json', ...args)).stdout);
}

/** Small pictures are made fast. */
async function shrink(root: string): Promise<void> {
  const manifest = join(root, 'project.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(/"resolution": \[[^\]]*\]/, '"resolution": [160, 90]'));
  await git(at(root), 'commit', '--quiet', '--all', '--message', 'Small pictures');
}

async function makeFilm(name: string): Promise<string> {
  const { project } = NewReply.parse(await json(home.root, 'new', '--quality', 'low', '--', name));
  expect(project.name).toBe(name);
  await shrink(project.path);
  return project.path;
}

describe.concurrent('a film whose every name is', () => {
  test.each(hostileNames)('%j: made, written, shot and committed', async (name) => {
    const root = await makeFilm(name);
    expect(Buffer.byteLength(basename(root))).toBeLessThanOrEqual(100);
    const add = async (...args: readonly string[]): Promise<string> =>
      AddReply.parse(await json(root, 'add', ...args)).address;
    expect(await add('chapter', '--', name)).toBe('04');
    expect(await add('scene', '01', '--', name)).toBe('01/01');
    expect(await add('shot', `--note=${name}`, '01/01', '--', name)).toBe('01/01/01');
    const { takes, failed } = GenerateReply.parse(await json(root, 'generate', '01/01/01'));
    expect(failed).toEqual([]);
    expect(takes).toMatchObject([{ address: '01/01/01', take: 1 }]);
    const shown = ShowShotReply.parse(await json(root, 'show', '01/01/01'));
    expect(shown).toMatchObject({
      shot: { shot: { description: name, note: name } },
      takes: [{ media: 'present' }],
    });
    expect(ValidateReply.parse(await json(root, 'validate'))).toEqual({ ok: true, problems: [] });
    expect((await git(at(root), 'lfs', 'ls-files', '--name-only')).trim()).toBe(takes[0]?.path);
    expect(await git(at(root), 'status', '--porcelain')).toBe('');
    const subjects = (await git(at(root), 'log', '--format=%s')).trim().split('\n');
    expect(subjects[0]).toBe('Record take 01 of 01/01/01');
    expect(subjects).toContain(`Add scene 01/01: ${name.trim()}`.trim());
  });
});

describe('all of them together', () => {
  test('have folders of their own on every disk, and stand in the list', async () => {
    const { projects } = ListReply.parse(await json(home.root, 'list'));
    const names = projects.map((project) => String(project['name']));
    expect(names.sort()).toEqual([...hostileNames].sort());
    const keys = projects.map(({ path }) => folderKey(basename(path)));
    expect(new Set(keys).size).toBe(hostileNames.length);
    for (const { path } of projects) expect(basename(path)).toMatch(/^[^.\s-].*[^.\s]$|^[^.\s-]$/u);
    for (const command of ['list', 'jobs', 'doctor']) expect((await run(home.root, command)).code).toBe(0);
  });

  test.each(refusedNames)('%j is refused as a name and as a title', async (name) => {
    // No program can be given such an argument.
    if (name.includes('\0')) return;
    const [root = ''] = ListReply.parse(await json(home.root, 'list')).projects.map(({ path }) => path);
    for (const args of [['new'], ['add', 'chapter'], ['add', 'scene', '01']]) {
      const { code, stdout } = await run(root, '--json', ...args, '--', name);
      expect(code).toBe(2);
      expect(ErrorReply.parse(JSON.parse(stdout)).error.hint).toBeDefined();
    }
  });

  test('a name that looks like an option is explained', async () => {
    const { code, stderr } = await run(home.root, 'new', '-rf');
    expect(code).toBe(2);
    expect(stderr).toContain('auteur new -- "-name"');
  });
});

describe('places of the real world', () => {
  test.each(['-rf .', 'trail ', 'new\nline', '.rlo\u202etxt'])(
    'a project folder renamed by hand to %j works in every command',
    async (folder) => {
      const made = await makeFilm(`Renamed to ${JSON.stringify(folder)}`);
      const root = join(workspace, 'Projects', folder);
      renameSync(made, root);
      const inside = (...args: readonly string[]): Promise<Ended> =>
        run(join(workspace, 'Projects'), '-C', folder, ...args);
      for (const args of [
        ['add', 'scene', '01', 'x'],
        ['add', 'shot', '01/01', 'y'],
        ['generate', '--all', '--detach'],
        ['worker', '--once'],
        ['take', 'activate', '01/01/01', '1'],
        ['show'],
        ['jobs'],
        ['cancel', '--all'],
        ['validate'],
        ['doctor'],
      ]) {
        const { code, stdout, stderr } = await inside(...args);
        expect(`${args.join(' ')}: ${String(code)} ${code === 0 ? '' : stdout + stderr}`).toBe(
          `${args.join(' ')}: 0 `,
        );
        expect(stderr).not.toMatch(/warning/);
      }
      expect(await git(at(root), 'status', '--porcelain')).toBe('');
      const { projects } = ListReply.parse(await json(home.root, 'list'));
      expect(projects.map(({ path }) => path)).toContain(root);
    },
  );

  test('a workspace reached by a link is the same workspace', async () => {
    const link = join(home.root, '-link #');
    symlinkSync(workspace, link);
    const { projects } = ListReply.parse(await json(home.root, 'list', '--workspace', link));
    expect(projects.length).toBe(readdirSync(join(workspace, 'Projects')).length);
    const film = join(link, 'Projects', 'Film_2');
    expect((await run(home.root, '-C', film, 'generate', '01/01/01')).code).toBe(0);
    const shown = ShowShotReply.parse(await json(film, 'show', '01/01/01'));
    expect(shown.takes.map(({ number }) => number)).toEqual([1, 2]);
  });
});
