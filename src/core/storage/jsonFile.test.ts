import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { editJsonFile, editJsonText, readJsonFile } from './jsonFile.ts';

const Model = z.looseObject({ name: z.string(), list: z.array(z.number()) });

async function fileWith(text: string): Promise<string> {
  const path = join(tempFolder(), 'file.json');
  await writeFile(path, text);
  return path;
}

test('an edit keeps layout, key order and fields it does not know', async () => {
  const text = '{\r\n    "zebra": { "kept": [1,2] },\r\n    "name": "a",\r\n    "list": [ 1 ]\r\n}\r\n';
  const path = await fileWith(text);
  await editJsonFile(await readJsonFile(path, Model), [{ path: ['name'], value: 'b' }]);
  expect(await readFile(path, 'utf8')).toBe(text.replace('"a"', '"b"'));
});

test('index -1 appends', () => {
  const edited = editJsonText('{"list": [1]}', [{ path: ['list', -1], value: 2 }]);
  expect(JSON.parse(edited)).toEqual({ list: [1, 2] });
});

test('a file that changed since it was read is not overwritten', async () => {
  const path = await fileWith('{"name":"a","list":[]}');
  const file = await readJsonFile(path, Model);
  await writeFile(path, '{"name":"theirs","list":[]}');
  await expect(editJsonFile(file, [{ path: ['name'], value: 'ours' }])).rejects.toMatchObject({
    code: 'file-changed',
  });
  expect(await readFile(path, 'utf8')).toContain('theirs');
});

test.each([
  ['{"name": "a",', 'line 1'],
  ['', 'line 1, column 1'],
  ['{\n  "name": 1,\n  "list": []\n}', 'name'],
  ['<<<<<<< HEAD\n{}', 'line 1'],
])('%j is refused with the place, and left alone', async (text, place) => {
  const path = await fileWith(text);
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining(place) as string,
  });
  expect(await readFile(path, 'utf8')).toBe(text);
});
