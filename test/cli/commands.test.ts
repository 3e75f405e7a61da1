import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, start, type Place } from './auteur.ts';
import {
  AddReply,
  ErrorReply,
  GenerateReply,
  JobsReply,
  ListReply,
  NewReply,
  ShowPromptReply,
  ShowShotReply,
  ValidateReply,
} from './shapes.ts';

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 2);
});
afterAll(() => home.dispose());

describe('from an empty workspace to a recorded take', () => {
  test('new makes a project and says where', async () => {
    const reply = await auteurJson({ home, cwd: home.root }, 'new', 'A: "second" film', '--quality', 'low');
    const { project } = NewReply.parse(reply);
    expect(project.name).toBe('A: "second" film');
    expect(existsSync(join(project.path, '.gitattributes'))).toBe(true);
    expect(project.path.startsWith(join(home.workspace, 'Projects'))).toBe(true);
  });

  test('list shows the projects of the workspace', async () => {
    const { stdout } = await auteur({ home, cwd: home.root }, 'list');
    expect(stdout).toContain('Test Film');
    const { workspace, projects } = ListReply.parse(await auteurJson({ home, cwd: home.root }, 'list'));
    expect(workspace).toBe(home.workspace);
    expect(projects).toContainEqual(
      expect.objectContaining({ name: 'Test Film', path: film.cwd, scenes: 1 }),
    );
  });

  test('add prints the new address, and commits', async () => {
    const added = AddReply.parse(await auteurJson(film, 'add', 'chapter', 'Epilogue'));
    expect(added.address).toBe('04');
    const scene = AddReply.parse(await auteurJson(film, 'add', 'scene', '4', 'Garden'));
    expect(scene.address).toBe('04/02');
    const { stdout } = await auteur(
      film,
      'add',
      'shot',
      '04/02',
      'Rain',
      '--size',
      'ews',
      '--duration',
      '2.5s',
    );
    expect(stdout).toBe('04/02/01\n');
    expect(await git(film, 'status', '--porcelain')).toBe('');
    const { stdout: shown } = await auteur(film, 'show', '04/02/01');
    expect(shown).toContain('EWS');
    expect(shown).toContain('2.5 s');
  });

  test('generate records takes in Git LFS and says a fallback', async () => {
    const reply = GenerateReply.parse(await auteurJson(film, 'generate', '01/01/01', '--takes', '2'));
    expect(reply.failed).toEqual([]);
    expect(reply.takes.map(({ address, take }) => [address, take]).sort()).toEqual([
      ['01/01/01', 1],
      ['01/01/01', 2],
    ]);
    for (const { path, fallback, pipeline } of reply.takes) {
      expect(existsSync(join(film.cwd, path))).toBe(true);
      expect(pipeline).toBe('storyboard');
      expect(fallback?.from).toContain('auteur-flux');
    }
    const listed = (await git(film, 'lfs', 'ls-files', '--name-only')).trim().split('\n');
    expect(listed).toEqual(reply.takes.map(({ path }) => path).sort());
    expect(await git(film, 'status', '--porcelain')).toBe('');
  });

  test('generate prints plain lines where no terminal is', async () => {
    const { code, stdout, stderr } = await auteur(film, 'generate', '--scene', '01/01', '--seed', '7');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^01\/01\/02 {2}take 1: 03_Renders\/Chapter_01\/Scene_01\/Shot_02\/S01_S02_take01\.png$/m,
    );
    expect(stdout).toMatch(/2 takes recorded in/);
    expect(stderr).toContain('note: storyboard makes 2 takes, because auteur-flux');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('jobs, show, take activate and validate see them', async () => {
    const { jobs } = JobsReply.parse(await auteurJson(film, 'jobs'));
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'completed'));
    expect(jobs.length).toBe(4);
    expect(await auteurJson(film, 'take', 'activate', '01/01/01', '1')).toMatchObject({
      take: { number: 1, address: '01/01/01', shown: 'active' },
    });
    const { shot, takes } = ShowShotReply.parse(await auteurJson(film, 'show', '01/01/01'));
    expect(shot).toMatchObject({ address: '01/01/01', takeCount: 3, shown: { number: 1, as: 'active' } });
    expect(takes.map(({ number, media }) => [number, media]).sort()).toEqual([
      [1, 'present'],
      [2, 'present'],
      [3, 'present'],
    ]);
    expect(await auteurJson(film, 'show')).toMatchObject({ film: { project: { name: 'Test Film' } } });
    expect(await auteurJson(film, 'show', '01')).toMatchObject({
      chapter: { address: '01', scenes: [{ address: '01/01', shots: 2, takes: 4 }] },
    });
    expect(await auteurJson(film, 'show', '01/01')).toMatchObject({
      scene: { address: '01/01' },
      shots: [{}, {}],
    });
    expect(ValidateReply.parse(await auteurJson(film, 'validate'))).toEqual({ ok: true, problems: [] });
    expect(await git(film, 'status', '--porcelain')).toBe('');
  });

  test('show --prompt says what a pipeline is asked', async () => {
    const { address, prompt } = ShowPromptReply.parse(await auteurJson(film, 'show', '1/1/1', '--prompt'));
    expect(address).toBe('01/01/01');
    expect(prompt.text).toContain('A kettle, seen 1 times');
    expect((await auteur(film, 'show', '01/01/01', '--prompt')).stdout).toMatch(/^direct +A kettle/m);
    expect((await auteur(film, 'show', '01', '--prompt')).code).toBe(2);
  });

  test('jobs --watch ends when nothing runs; doctor finds nothing missing', async () => {
    expect((await auteur(film, 'jobs', '--watch')).code).toBe(0);
    const doctor = await auteur(film, 'doctor');
    expect(doctor.stdout).not.toContain('✗');
    expect(doctor.code).toBe(0);
  });
});

describe('what goes wrong', () => {
  const usage = [
    ['list', '--nope'],
    ['lst'],
    ['new'],
    ['new', 'X', '--quality', 'best'],
    ['new', 'X', '--structure', 'nonsense'],
    ['new', ' '],
    ['generate'],
    ['generate', '--all', '01/01/01'],
    ['queue', 'move', 'x'],
    ['retry'],
    ['generate', '--all', '--takes', '0'],
    ['generate', '--all', '--seed', '1.5'],
    ['generate', 'abc'],
    ['generate', '--all', '--pipeline', 'nonsense'],
    ['add', 'shot', '01/01', 'x', '--size', 'huge'],
    ['add', 'shot', '01/01', 'x', '--character', 'Nobody'],
    ['cancel'],
    ['take', 'activate', '01/01/01', 'one'],
  ];

  test.each(usage.map((args) => [args.join(' '), args] as const))(
    'wrong usage exits 2: %s',
    async (_, args) => {
      const plain = await auteur(film, ...args);
      expect(plain.code).toBe(2);
      expect(plain.stdout).toBe('');
      expect(plain.stderr).toMatch(/^error: .+\nhint: .+\n$/);
      const json = await auteur(film, ...args, '--json');
      expect(json.code).toBe(2);
      ErrorReply.parse(JSON.parse(json.stdout));
    },
  );

  const failures = [
    ['show', '09'],
    ['add', 'scene', '09', 'x'],
    ['generate', '01/01/99'],
    ['generate', '02'],
    ['take', 'activate', '01/01/01', '99'],
    ['cancel', 'no-such-job'],
    ['jobs', 'log', 'no-such-job'],
    ['generate', '--all', '--pipeline', 'auteur-flux:1.0-draft'],
  ];

  test.each(failures.map((args) => [args.join(' '), args] as const))(
    'a failure exits 1: %s',
    async (_, args) => {
      const json = await auteur(film, ...args, '--json');
      expect(json.code).toBe(1);
      expect(ErrorReply.parse(JSON.parse(json.stdout)).error.hint).toBeTruthy();
      expect(json.stderr).toBe('');
    },
  );

  test('outside a project, and with -C into one', async () => {
    const outside = { home, cwd: home.root };
    const refused = await auteur(outside, 'show', '--json');
    expect(refused.code).toBe(1);
    expect(ErrorReply.parse(JSON.parse(refused.stdout)).error.code).toBe('not-a-project');
    expect((await auteur(outside, '-C', film.cwd, 'show')).code).toBe(0);
    expect((await auteur(outside, 'show', '-C', join(film.cwd, '03_Renders'))).code).toBe(0);
    expect((await auteur(outside, 'jobs')).code).toBe(0);
  });

  test('a broken file is named and left as it is', async () => {
    const manifest = join(film.cwd, 'project.json');
    const before = await readFile(manifest, 'utf8');
    await writeFile(manifest, before.slice(0, -10));
    try {
      const validate = await auteur(film, 'validate', '--json');
      expect(validate.code).toBe(1);
      expect(ValidateReply.parse(JSON.parse(validate.stdout)).problems[0]?.path).toBe('project.json');
      const added = await auteur(film, 'add', 'chapter', 'X', '--json');
      expect(ErrorReply.parse(JSON.parse(added.stdout)).error.code).toBe('file-unreadable');
      expect(await readFile(manifest, 'utf8')).toBe(before.slice(0, -10));
    } finally {
      await writeFile(manifest, before);
    }
  });

  test('new without a Git identity leaves nothing half-made', async () => {
    const nobody = {
      GIT_AUTHOR_NAME: '',
      GIT_AUTHOR_EMAIL: '',
      GIT_COMMITTER_NAME: '',
      GIT_COMMITTER_EMAIL: '',
    };
    const place = { home, cwd: home.root, env: { ...nobody, EMAIL: '' } };
    const refused = await auteur(place, 'new', 'Nameless', '--json');
    expect(refused.code).toBe(1);
    expect(ErrorReply.parse(JSON.parse(refused.stdout)).error.code).toBe('git-identity-missing');
    expect(existsSync(join(home.workspace, 'Projects', 'Nameless'))).toBe(false);
  });

  test.each(['file', 'proc'])('a worker whose state folder cannot be used says so: %s', async (kind) => {
    const broken = kind === 'file' ? join(film.cwd, 'project.json') : '/proc/x';
    const place = { ...film, env: { AUTEUR_HOME: broken } };
    const { code, stdout } = await auteur(place, 'worker', '--once', '--json');
    expect(code).toBe(1);
    expect(ErrorReply.parse(JSON.parse(stdout)).error.code).toBe('database-unusable');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s during new leaves nothing half-made', async (signal, code) => {
    const running = start({ home, cwd: home.root }, ['new', `Stopped by ${signal}`]);
    const projects = join(home.workspace, 'Projects');
    while (!(await readdir(projects)).some((name) => name.startsWith('.new-'))) await sleep(5);
    running.child.kill(signal);
    expect((await running.ended).code).toBe(code);
    expect((await readdir(projects)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a take made during a merge is recorded, and committed after it', async () => {
    await conflict(film);
    const during = await auteur(film, 'generate', '01/01/02');
    expect(during.code).toBe(0);
    expect(during.stderr).toMatch(/warning: 1 take recorded, commit pending: .*merge.*\nhint: .+/);
    const since = performance.now();
    const again = await auteur(film, 'generate', '01/01/02');
    // It does not sit out the pause that the first one's commit is left in peace for.
    expect(performance.now() - since).toBeLessThan(12_000);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('commit pending') as string });
    await git(film, 'merge', '--abort');
    expect((await auteur(film, 'generate', '01/01/02')).code).toBe(0);
    expect(await git(film, 'status', '--porcelain')).toBe('');
  });

  test('a reader that leaves early is no failure', async () => {
    const { child, ended } = start(film, ['show']);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('help and version', async () => {
    const help = await auteur(film, 'generate', '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('$ auteur generate');
    expect((await auteur(film, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

async function conflict(place: Place): Promise<void> {
  const branch = (await git(place, 'branch', '--show-current')).trim();
  const note = join(place.cwd, 'note.md');
  await git(place, 'checkout', '--quiet', '-b', 'other');
  await writeFile(note, 'one');
  await git(place, 'add', 'note.md');
  await git(place, 'commit', '--quiet', '--message', 'One');
  await git(place, 'checkout', '--quiet', branch);
  await writeFile(note, 'two');
  await git(place, 'add', 'note.md');
  await git(place, 'commit', '--quiet', '--message', 'Two');
  await expect(git(place, 'merge', 'other')).rejects.toThrow();
}
