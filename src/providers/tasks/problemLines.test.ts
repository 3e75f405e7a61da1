import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { SceneId, ShotId } from '../../core/model/ids.ts';
import type { FoundShot } from '../../core/protocol/views.ts';
import { ProblemLines } from './problemLines.ts';

const Pattern = z.object({
  regexp: z.string(),
  file: z.int(),
  line: z.int(),
  code: z.int(),
  message: z.int(),
});
const Manifest = z.object({
  contributes: z.object({ problemMatchers: z.tuple([z.object({ pattern: Pattern })]) }),
});
const [{ pattern }] = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8'))).contributes
  .problemMatchers;

const place: FoundShot = {
  id: ShotId.parse('shot'),
  sceneId: SceneId.parse('scene'),
  address: '01/01/01',
  description: '',
  path: '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json',
  line: 6,
};
const error = { code: 'image-missing', message: 'There is no image.', hint: 'Build it:\nmake pipelines' };
const failed = aJobView({ status: 'error', error });

async function linesOf(
  search: () => Promise<readonly FoundShot[]>,
  root = '/film',
): Promise<readonly string[]> {
  const lines: string[] = [];
  const problems = new ProblemLines({ studio: { search }, root, say: (line) => lines.push(line) });
  problems.add([failed, aJobView({ id: 'other', status: 'completed' })]);
  problems.add([failed]);
  await problems.end();
  return lines;
}

test('why a job failed is a line that our problem matcher reads, once', async () => {
  const [line = '', ...more] = await linesOf(() => Promise.resolve([place]));
  expect(more).toEqual([]);
  const found = new RegExp(pattern.regexp).exec(line);
  expect(found?.[pattern.file]).toBe(path.join('/film', place.path));
  expect(found?.[pattern.line]).toBe('7');
  expect(found?.[pattern.code]).toBe('image-missing');
  expect(found?.[pattern.message]).toBe('01/01/01: There is no image. Build it: make pipelines');
});

test('a film written from right to left is found as well, and its name drives no terminal', async () => {
  for (const [root, shown] of [
    ['/סרט 7', '/סרט 7'],
    ['/\u001b[2J\u202Efilm', '/ [2J film'],
  ] as const) {
    const [line = ''] = await linesOf(() => Promise.resolve([place]), root);
    expect(new RegExp(pattern.regexp).exec(line)?.[pattern.file]).toBe(path.join(shown, place.path));
  }
});

test('a shot that is not found any more, or a film that cannot be read, hides no failure', async () => {
  const said = 'error image-missing: 01/01/01: There is no image. Build it: make pipelines';
  expect(await linesOf(() => Promise.resolve([]))).toEqual([said]);
  expect(await linesOf(() => Promise.reject(new Error('unreadable')))).toEqual([said]);
});
