import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { addScene } from '../filmEdits.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { readProject } from '../projectFiles.ts';
import { readStructures } from '../templates.ts';
import { validateProject } from '../validate.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';
import { previewStructure } from './structureEdit.ts';

const idle = () => Promise.resolve(false);
const edit = (root: string, request: EditRequest) =>
  editFilm(root, (draft) => planEdit(draft, request, idle));
const manifest = (root: string) => readFile(join(root, 'project.json'), 'utf8');
const shapeOf = async (root: string) =>
  (await readProject(root)).value.narrative.chapters.map(({ number, title, scenes }) => [
    number,
    title,
    scenes.map((scene) => scene.number),
  ]);

/** A film in a workspace with templates. */
async function filmWith(templates: Readonly<Record<string, unknown>>): Promise<string> {
  const workspace = tempFolder();
  const library = join(workspace, 'Library', 'Narrative_Templates');
  await mkdir(library, { recursive: true });
  await mkdir(join(workspace, 'Projects'));
  for (const [name, value] of Object.entries(templates))
    await writeFile(join(library, name), typeof value === 'string' ? value : JSON.stringify(value));
  const root = join(workspace, 'Projects', 'Film');
  await rename(await textFilm(), root);
  return root;
}

const own = {
  name: 'In two halves',
  chapters: [
    { title: 'Before', beats: [{ name: 'Calm', position: 0.1, intensity: 0.1 }] },
    { title: 'After', synopsis: 'All is other.', beats: [{ name: 'Storm', position: 0.6, intensity: 1 }] },
  ],
};

test.each(['stay', 'place'] as const)(
  'a change (%s) is what the preview said, and is undone',
  async (scenes) => {
    const root = await textFilm();
    await addScene(root, '02', 'Another');
    await addScene(root, '02', 'A third');
    const before = await manifest(root);
    const preview = await previewStructure(root, { structure: 'story-circle', scenes });
    expect(await manifest(root)).toBe(before);
    await edit(root, { kind: 'structure', structure: 'story-circle', scenes });
    const after = await shapeOf(root);
    expect(after.map(([, title, held]) => [title, Array.isArray(held) ? held.length : 0])).toEqual(
      preview.chapters.map(({ title, scenes: count }) => [title, count]),
    );
    const { narrative } = (await readProject(root)).value;
    expect(narrative.structure).toBe('story-circle');
    expect(narrative.emotionalBeats.map(({ name }) => name)).toEqual(preview.beats.added);
    expect(await validateProject(root, { git: false })).toEqual([]);
    await undoEdit(root, idle);
    const counters = /"nextNumber": \d+/;
    expect((await manifest(root)).replace(counters, '')).toBe(before.replace(counters, ''));
    await redoEdit(root, idle);
    expect(await shapeOf(root)).toEqual(after);
  },
);

test('numbers of chapters that went are not given again', async () => {
  const root = await textFilm();
  await edit(root, { kind: 'structure', structure: 'story-circle' });
  await edit(root, { kind: 'structure', structure: 'three-act' });
  const numbers = (await shapeOf(root)).map(([number]) => number);
  expect(numbers).toEqual([1, 8, 9]);
});

test('a template of the library can be chosen by the name of its file', async () => {
  const root = await filmWith({ 'halves.json': own });
  await edit(root, { kind: 'structure', structure: 'halves' });
  expect((await shapeOf(root)).map(([, title]) => title)).toEqual(['Act One: Setup', 'Before', 'After']);
  const { narrative } = (await readProject(root)).value;
  expect(narrative.emotionalBeats).toMatchObject([{ name: 'Calm' }, { name: 'Storm', intensity: 1 }]);
});

test('a broken template is named with its reason and hides no other', async () => {
  const root = await filmWith({
    'a.json': '{ "name": ',
    'b.json': { name: 'No chapters', chapters: [] },
    'c.json': { ...own, id: 'three-act' },
    'd.json': { ...own, schemaVersion: 99 },
    'e.json': { ...own, chapters: [{ title: 'x', beats: [{ name: 'y', position: 7, intensity: 0 }] }] },
    'halves.json': own,
    'notes.txt': 'no template',
  });
  await symlink('/etc/hosts', join(root, '../../Library/Narrative_Templates/link.json'));
  const { structures, problems } = await readStructures(root);
  expect(structures.map(({ id }) => id).slice(4)).toEqual(['halves']);
  expect(problems.map(({ file, problem }) => [file.slice(-6), problem.code])).toEqual([
    ['a.json', 'file-unreadable'],
    ['b.json', 'file-unreadable'],
    ['c.json', 'structure-repeated'],
    ['d.json', 'schema-too-new'],
    ['e.json', 'file-unreadable'],
    ['k.json', 'file-unreadable'],
  ]);
  await expect(edit(root, { kind: 'structure', structure: 'b' })).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  await expect(edit(root, { kind: 'structure', structure: 'none' })).rejects.toMatchObject({
    code: 'structure-unknown',
  });
});

test('a former structure that is no longer known leaves all it made', async () => {
  const root = await filmWith({});
  await writeFile(join(root, 'project.json'), (await manifest(root)).replace('"three-act"', '"lost"'));
  await edit(root, { kind: 'structure', structure: 'story-circle', scenes: 'place' });
  expect(await shapeOf(root)).toHaveLength(7);
});
