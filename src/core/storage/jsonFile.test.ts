import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { editJsonFile, editJsonText, readJsonFile, readOwnJsonFile } from './jsonFile.ts';

const Model = z.looseObject({ name: z.string(), list: z.array(z.number()) });

async function fileWith(text: string | Uint8Array): Promise<string> {
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

test('a file that changed since it was read is not overwritten, and the change is shown', async () => {
  const path = await fileWith('{\n  "name": "a",\n  "list": []\n}');
  const file = await readJsonFile(path, Model);
  await writeFile(path, '{\n  "name": "theirs",\n  "list": []\n}');
  await expect(editJsonFile(file, [{ path: ['name'], value: 'ours' }])).rejects.toMatchObject({
    code: 'text-changed',
    message: expect.stringContaining('line 2 was “"name": "a",” and is “"name": "theirs",” now') as string,
  });
  expect(await readFile(path, 'utf8')).toContain('theirs');
});

test.each([
  ['{"name": "a",', 'line 1'],
  ['', 'line 1, column 1'],
  ['{\n  "name": 1,\n  "list": []\n}', 'name'],
])('%j is refused with the place, and left alone', async (text, place) => {
  const path = await fileWith(text);
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining(place) as string,
  });
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('an edit that would make the file unreadable is refused and says which value', async () => {
  const Small = z.looseObject({ next: z.int().max(9) });
  const path = await fileWith('{"next":9}');
  await expect(
    editJsonFile(await readJsonFile(path, Small), [{ path: ['next'], value: 10 }]),
  ).rejects.toMatchObject({
    code: 'value-invalid',
    data: { name: 'next', value: '10', reason: expect.stringContaining('9') as string },
  });
  expect(await readFile(path, 'utf8')).toBe('{"next":9}');
});

test('a byte order mark is kept', async () => {
  const path = await fileWith('\uFEFF{"name":"a","list":[]}');
  await editJsonFile(await readJsonFile(path, Model), [{ path: ['name'], value: 'b' }]);
  expect(await readFile(path, 'utf8')).toBe('\uFEFF{"name":"b","list":[]}');
});

test('marks of a merge conflict are told with the way to merge, in the texts of the film alone', async () => {
  const path = await fileWith('{\n<<<<<<< HEAD\n}');
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({
    code: 'text-in-conflict',
    message: expect.stringContaining('line 2') as string,
    hint: expect.stringContaining('auteur validate --fix') as string,
  });
  await expect(readOwnJsonFile(path, Model)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('a file that is not UTF-8 is refused, not mended by guessing', async () => {
  const path = await fileWith(Buffer.from('{"name":"caf\u00e9","list":[]}', 'latin1'));
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({
    code: 'file-unreadable',
    data: { reason: expect.stringContaining('not UTF-8') as string },
  });
});

test('a key that stands twice is refused with its place', async () => {
  const path = await fileWith('{"name":"a","list":[],\n "deep":[{"k":1,"k":2}]}');
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({
    code: 'file-unreadable',
    data: { reason: expect.stringMatching(/"k".*line 2, column 17/) as string },
  });
});

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('nesting without end (%s) is refused', async (open, close) => {
  const deep = `${open.repeat(100_000)}0${close.repeat(100_000)}`;
  const path = await fileWith(`{"name":"a","list":[],"deep":${deep}}`);
  await expect(readJsonFile(path, Model)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('what is no regular file is refused instead of read without end', async () => {
  await expect(readJsonFile('/dev/zero', Model)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test.each([
  ['{"shots":[{"id":"a"},{"id":"b"}]}', 1, '{"shots":[{"id":"a"}]}'],
  ['{"shots":[{"id":"a"},{"id":"b"}]}', 0, '{"shots":[{"id":"b"}]}'],
  ['{\n  "shots": [\n    1,\n    2\n  ]\n}\n', 1, '{\n  "shots": [\n    1\n  ]\n}\n'],
  ['{\n  "shots": [\n    1,\n    2\n  ]\n}\n', 0, '{\n  "shots": [\n    2\n  ]\n}\n'],
  ['{\n  "shots": [\n    1\n  ]\n}\n', 0, '{\n  "shots": []\n}\n'],
  ['{"shots":[1]}', 0, '{"shots":[]}'],
])('a member of a list is taken out with what parted it from the others: %j', (text, index, expected) => {
  expect(editJsonText(text, [{ path: ['shots', index], value: undefined }])).toBe(expected);
});
