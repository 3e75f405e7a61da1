import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { wrongTexts, type WrongText } from '../../../test/lib/wrongTexts.ts';
import { Project } from '../model/project.ts';
import { FilmProblems } from './filmProblems.ts';
import { projectSummary } from './filmViews.ts';
import { parseJsonText } from './jsonText.ts';

/** A field that may be anything is not wrong. */
function wrongManifests(text: string): readonly WrongText[] {
  const project = z.record(z.string(), z.json()).parse(JSON.parse(text));
  const asset = (id: string) => [{ id, name: id, folder: `01_Assets/Characters/${id}` }];
  const assets = {
    characters: asset('ada'),
    locations: asset('sea'),
    styles: asset('noir'),
    music: asset('song'),
  };
  return wrongTexts({ ...project, assets }).filter((one) => !isLegal(one.text));
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
