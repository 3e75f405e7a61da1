import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, type Place } from './auteur.ts';
import { ErrorReply } from './shapes.ts';

const DocReply = z.strictObject({
  changed: z.boolean(),
  path: z.string(),
  summary: z.string(),
  files: z.array(z.string()),
});
const DocList = z.strictObject({
  documents: z.array(
    z.strictObject({
      kind: z.string(),
      path: z.string(),
      name: z.string(),
      updates: z.boolean(),
      problem: z.null(),
    }),
  ),
});
const Structures = z.object({
  structures: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  problems: z.array(z.object({ file: z.string(), problem: z.looseObject({ code: z.string() }) })),
});
const Change = z.strictObject({
  dryRun: z.boolean(),
  change: z.looseObject({ chapters: z.array(z.looseObject({ title: z.string(), isNew: z.boolean() })) }),
});
const Beats = z.strictObject({
  beats: z.array(z.looseObject({ number: z.int(), id: z.string().nullable(), at: z.string().nullable() })),
});

let home: TestHome;
let film: Place;
beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
});
afterAll(() => home.dispose());

test('each document is made, committed, listed and undone', async () => {
  for (const kind of ['treatment', 'screenplay', 'beat-sheet', 'shot-list']) {
    const { path, files } = DocReply.parse(await auteurJson(film, 'doc', 'new', kind));
    expect(files).toEqual([path]);
    expect(readFileSync(join(film.cwd, path), 'utf8')).toContain('Test Film');
  }
  expect(await git(film, 'status', '--porcelain')).toBe('');
  const { documents } = DocList.parse(await auteurJson(film, 'doc', 'list'));
  expect(documents.map(({ kind }) => kind)).toEqual(['beat-sheet', 'treatment', 'screenplay', 'shot-list']);
  await auteur(film, 'undo');
  expect(DocList.parse(await auteurJson(film, 'doc', 'list')).documents).toHaveLength(3);
});

test('a beat sheet follows the beats, which are listed, added, bound, changed and deleted', async () => {
  const added = await auteur(film, 'beat', 'add', 'A doubt', '--position', '0.3', '--at', '01/01');
  expect(added.code).toBe(0);
  expect(added.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  const beats = Beats.parse(await auteurJson(film, 'beat', 'list')).beats;
  expect(beats[3]).toMatchObject({ number: 4, name: 'A doubt', at: '01/01', intensity: 0.5 });
  await auteur(film, 'beat', 'set', '4', 'intensity=0.8', 'at=');
  const updated = await auteur(film, 'doc', 'update', 'Test_Film_Beat_Sheet.md');
  const text = readFileSync(join(film.cwd, updated.stdout.trim()), 'utf8');
  expect(text).toContain('| 30 % | A doubt |  | ████████░░ 80 % |  |');
  expect(await auteur(film, 'beat', 'delete', '4')).toMatchObject({ code: 0 });
  for (const pairs of [['colour=red'], ['intensity=7'], ['position=x'], ['name']])
    expect((await auteur(film, 'beat', 'set', '1', ...pairs)).code).toBe(2);
  expect(ErrorReply.parse(await auteurJson(film, 'beat', 'delete', '99')).error.code).toBe('beat-unknown');
});

test('a structure of the library is listed, tried and taken', async () => {
  const library = join(home.workspace, 'Library', 'Narrative_Templates');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'broken.json'), '{');
  const halves = { name: 'Halves', chapters: [{ title: 'Before' }, { title: 'After' }] };
  writeFileSync(join(library, 'halves.json'), JSON.stringify(halves));
  const { structures, problems } = Structures.parse(await auteurJson(film, 'structures'));
  expect(structures.at(-1)).toMatchObject({ id: 'halves', name: 'Halves' });
  expect(problems).toMatchObject([{ problem: { code: 'file-unreadable' } }]);
  const before = readFileSync(join(film.cwd, 'project.json'), 'utf8');
  const tried = Change.parse(await auteurJson(film, 'structure', 'halves', '--dry-run'));
  expect(readFileSync(join(film.cwd, 'project.json'), 'utf8')).toBe(before);
  const taken = Change.parse(await auteurJson(film, 'structure', 'halves'));
  expect(taken.change).toEqual(tried.change);
  expect(taken.change.chapters.map(({ title }) => title)).toEqual(['Act One: Setup', 'Before', 'After']);
  expect((await auteur(film, 'show')).stdout).toContain('Before');
  expect(await auteur(film, 'validate')).toMatchObject({ code: 0 });
  expect(await git(film, 'status', '--porcelain')).toBe('');
  const outside = { home, cwd: home.workspace };
  expect((await auteur(outside, 'new', 'Other', '--structure', 'halves')).code).toBe(0);
  expect(ErrorReply.parse(await auteurJson(film, 'structure', 'none')).error.code).toBe('structure-unknown');
});
