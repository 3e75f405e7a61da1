import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { expect, test } from 'vitest';
import * as z from 'zod';
import schema from '../../../schemas/project.schema.json' with { type: 'json' };
import { fieldAt, schemaFields } from '../../../test/lib/schemaFields.ts';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { wrongTexts, type WrongText } from '../../../test/lib/wrongTexts.ts';
import { AuteurError } from '../errors.ts';
import { Project } from '../model/project.ts';
import { FilmProblems } from './filmProblems.ts';
import { filmView, projectSummary } from './filmViews.ts';
import { parseJsonText } from './jsonText.ts';

/** A manifest in which every field of the schema stands. */
function fullManifest(text: string): z.infer<typeof Json> {
  const project = Project.parse(JSON.parse(text));
  const asset = (id: string) => [{ id, name: id, folder: `01_Assets/Characters/${id}` }];
  const assets = {
    characters: asset('ada'),
    locations: asset('sea'),
    styles: asset('noir'),
    music: asset('song'),
  };
  const [first, ...others] = project.narrative.chapters;
  const scenes = first?.scenes.map((scene) => ({
    ...scene,
    synopsis: 'She waits.',
    location: 'sea',
    style: 'noir',
    setting: 'INT',
    timeOfDay: 'day',
  }));
  const beats = project.narrative.emotionalBeats.map((beat) => ({ ...beat, scene: scenes?.[0]?.id }));
  const chapters = [{ ...first, scenes }, ...others];
  const narrative = { ...project.narrative, chapters, emotionalBeats: beats.slice(0, 1) };
  const settings = { ...project.settings, style: 'noir' };
  return Json.parse({ ...project, narrative, assets, settings });
}

const Json = z.record(z.string(), z.json());

/** A field that may be anything is not wrong. */
function wrongManifests(text: string): readonly WrongText[] {
  const full = fullManifest(text);
  expect(Project.safeParse(full).error).toBeUndefined();
  const all = wrongTexts(full);
  const tried = new Set(all.map(({ path }) => fieldAt(path)));
  expect([...schemaFields(schema)].filter((field) => !tried.has(field))).toEqual([]);
  return all.filter((one) => !isLegal(one.text));
}

function isLegal(text: string): boolean {
  const json = parseJsonText(text);
  return 'value' in json && Project.safeParse(json.value).success;
}

/** The lines of the text that a problem of the field may name: the field, or what it is missing in. */
function linesOf({ text, path }: WrongText): readonly [number, number] {
  const tree = parseTree(text);
  for (let depth = path.length; tree !== undefined && depth >= 0; depth--) {
    const node = findNodeAtLocation(tree, [...path.slice(0, depth)]);
    if (node !== undefined) return [lineAt(text, node.offset), lineAt(text, node.offset + node.length)];
  }
  return [0, 0];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

test('a manifest with every field wrong in turn is told with its place, and left as it is', async () => {
  const root = await textFilm();
  const file = join(root, 'project.json');
  const wrong = wrongManifests(readFileSync(file, 'utf8'));
  expect(wrong.length).toBeGreaterThanOrEqual(200);
  const elsewhere: string[] = [];
  for (const one of wrong) {
    writeFileSync(file, one.text);
    const { problem } = await projectSummary(root);
    expect(problem, one.what).toMatchObject({ message: expect.stringContaining('project.json') as string });
    const thrown: unknown = await filmView(root).catch((error: unknown) => error);
    expect(AuteurError.is(thrown), one.what).toBe(true);
    const { problems } = await new FilmProblems().find(root);
    const [first] = problems;
    expect(first, one.what).toMatchObject({ path: 'project.json' });
    const line = first?.range.start.line ?? -1;
    const [from, to] = linesOf(one);
    const isNamed = one.what.endsWith('stands twice') ? line >= to : line >= from && line <= to;
    if (!isNamed) elsewhere.push(`${one.what}: line ${line}, not ${from} to ${to}`);
    expect(readFileSync(file, 'utf8'), one.what).toBe(one.text);
  }
  expect(elsewhere).toEqual([]);
});

test.each([
  ['fps', '24000/0', /settings\.fps: it is a number such as 24/],
  ['fps', '0/1', /settings\.fps: it is a number such as 24/],
  ['aspectRatio', '0:0', /settings\.aspectRatio: it is width to height such as 16:9/],
  ['aspectRatio', '0:1', /settings\.aspectRatio: it is width to height such as 16:9/],
])(
  'a manifest with the %s %s is told at its line, and the film is still listed',
  async (name, value, said) => {
    const root = await textFilm();
    const file = join(root, 'project.json');
    const text = readFileSync(file, 'utf8').replace(
      new RegExp(`"${name}": [^,\n]+`),
      `"${name}": "${value}"`,
    );
    writeFileSync(file, text);
    const { problems } = await new FilmProblems().find(root);
    const start = { line: lineAt(text, text.indexOf(`"${name}"`)) };
    expect(problems).toMatchObject([
      { path: 'project.json', range: { start }, message: expect.stringMatching(said) as string },
    ]);
    expect((await projectSummary(root)).problem?.message).toMatch(said);
  },
);
