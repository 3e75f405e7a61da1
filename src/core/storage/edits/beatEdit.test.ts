import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { readBeats } from '../beats.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { validateProject } from '../validate.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const edit = (root: string, request: EditRequest) =>
  editFilm(root, (draft) => planEdit(draft, request, idle));
const manifest = (root: string) => readFile(join(root, 'project.json'), 'utf8');
const names = async (root: string) => (await readBeats(root)).map(({ name }) => name);

/** A film as it was written before beats had ids. */
async function oldFilm(): Promise<string> {
  const root = await textFilm();
  const text = await manifest(root);
  await writeFile(
    join(root, 'project.json'),
    text.replace(
      /("emotionalBeats": \[)([^\]]*)\]/,
      (_, head: string, body: string) => `${head}${body.replace(/\n\s+"id": "[^"]+",/g, '')}]`,
    ),
  );
  expect((await readBeats(root)).every(({ id }) => id === undefined)).toBe(true);
  return root;
}

test('a beat is added where it belongs, bound to a scene, changed, unbound and deleted', async () => {
  const root = await textFilm();
  const values = { name: 'Doubt', position: 0.3, intensity: 0.4, at: '01/01' };
  await edit(root, { kind: 'addBeat', values });
  expect((await readBeats(root))[3]).toMatchObject({ number: 4, ...values });
  const described = { intensity: 1, description: 'More.', at: '02' };
  await edit(root, { kind: 'setBeat', beat: '4', values: described });
  expect((await readBeats(root))[3]).toMatchObject({ name: 'Doubt', ...described });
  await edit(root, { kind: 'setBeat', beat: '4', values: { at: null, description: null } });
  expect((await readBeats(root))[3]).not.toHaveProperty('at');
  const id = (await readBeats(root))[3]?.id ?? '';
  await edit(root, { kind: 'deleteBeats', beats: [id] });
  expect(await names(root)).not.toContain('Doubt');
  expect(await validateProject(root, { git: false })).toEqual([]);
});

test('several beats are bound to a scene, and unbound, in one step each', async () => {
  const root = await oldFilm();
  const before = await manifest(root);
  const places = async () => (await readBeats(root)).slice(0, 3).map(({ at, boundTo }) => [at, boundTo]);
  const own = await places();
  const bound = await edit(root, { kind: 'bindBeats', beats: ['1', '3', '1'], at: '01/01' });
  expect(bound.summary).toBe('Bind 2 emotional beats');
  expect(await places()).toEqual([['01/01', 'A scene'], own[1], ['01/01', 'A scene']]);
  const [first] = bound.nodes;
  const one = await edit(root, { kind: 'bindBeats', beats: [first?.id ?? ''], at: null });
  expect(one.summary).toMatch(/^Unbind emotional beat: /);
  expect((await places())[0]).toEqual([undefined, undefined]);
  expect((await edit(root, { kind: 'bindBeats', beats: [first?.id ?? ''], at: null })).files).toEqual([]);
  await undoEdit(root, idle);
  await undoEdit(root, idle);
  expect(await manifest(root)).toBe(before);
});

test.each([
  [{ beats: ['1'], at: '09' }, 'address-unknown'],
  [{ beats: ['1'], at: '01/01/01' }, 'value-invalid'],
  [{ beats: ['1', '99'], at: '01/01' }, 'beat-unknown'],
])('%o binds nothing: %s', async (request, code) => {
  const root = await oldFilm();
  const before = await manifest(root);
  await expect(edit(root, { kind: 'bindBeats', ...request })).rejects.toMatchObject({ code });
  expect(await manifest(root)).toBe(before);
});

test.each([
  [{ name: '' }, 'value-invalid'],
  [{ position: 1.5 }, 'value-invalid'],
  [{ intensity: -0.1 }, 'value-invalid'],
  [{ intensity: Number.NaN }, 'value-invalid'],
  [{ at: '09' }, 'address-unknown'],
  [{ at: '01/01/01' }, 'value-invalid'],
  [{ at: 'x' }, 'address-invalid'],
])('%o is refused as %s and nothing is written', async (values, code) => {
  const root = await textFilm();
  const before = await manifest(root);
  await expect(edit(root, { kind: 'setBeat', beat: '1', values })).rejects.toMatchObject({ code });
  await expect(
    edit(root, { kind: 'addBeat', values: { name: 'x', position: 0, ...values } }),
  ).rejects.toMatchObject({ code });
  expect(await manifest(root)).toBe(before);
});

test.each(['0', '99', '-1', 'Midpoint', ''])('there is no beat "%s"', async (beat) => {
  const root = await textFilm();
  await expect(edit(root, { kind: 'deleteBeats', beats: [beat] })).rejects.toMatchObject({
    code: 'beat-unknown',
  });
});

test('a beat without an id gets one at its first edit, and only it', async () => {
  const root = await oldFilm();
  await edit(root, { kind: 'setBeat', beat: '2', values: { intensity: 0.9 } });
  expect((await readBeats(root)).map(({ id }) => id !== undefined)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => number === 2),
  );
});

test('nothing is written where a beat is so already', async () => {
  const root = await oldFilm();
  const made = await edit(root, { kind: 'setBeat', beat: '1', values: { intensity: 0.2 } });
  expect(made.files).toEqual([]);
});

const command = fc.oneof(
  fc.record({
    kind: fc.constant('addBeat' as const),
    values: fc.record({ name: fc.constant('New'), position: fc.double({ min: 0, max: 1, noNaN: true }) }),
  }),
  fc.record({
    kind: fc.constant('setBeat' as const),
    beat: fc.integer({ min: 1, max: 8 }).map(String),
    values: fc.record({
      intensity: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.constantFrom('01', '01/01', null),
    }),
  }),
  fc.record({
    kind: fc.constant('bindBeats' as const),
    beats: fc.array(fc.integer({ min: 1, max: 8 }).map(String), { minLength: 1, maxLength: 4 }),
    at: fc.constantFrom('02', '01/01', null),
  }),
  fc.record({
    kind: fc.constant('deleteBeats' as const),
    beats: fc.array(fc.integer({ min: 1, max: 4 }).map(String), { minLength: 1, maxLength: 3 }),
  }),
);

test('whatever is done to beats, undo brings every state back, with ids in the file or without', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(command, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (commands, isOld) => {
        const root = isOld ? await oldFilm() : await textFilm();
        const states = [await manifest(root)];
        for (const one of commands) {
          try {
            const { files } = await edit(root, one);
            if (files.length > 0) states.push(await manifest(root));
          } catch (error) {
            expect(error).toMatchObject({ code: 'beat-unknown' });
          }
        }
        for (const state of states.slice(0, -1).reverse()) {
          await undoEdit(root, idle);
          expect(await manifest(root)).toBe(state);
        }
        for (const state of states.slice(1)) {
          await redoEdit(root, idle);
          expect(await manifest(root)).toBe(state);
        }
      },
    ),
    { numRuns: 15 },
  );
});

test('a beat that is bound to what is not in the film is reported, with the way to mend it', async () => {
  const root = await textFilm();
  const text = await manifest(root);
  await writeFile(join(root, 'project.json'), text.replace(/"chapter": "[^"]+"/, '"chapter": "gone"'));
  const problems = await validateProject(root, { git: false });
  expect(problems).toMatchObject([{ path: 'project.json', code: 'beat-dangling' }]);
  expect(problems[0]?.hint).toContain('auteur beat set 1 at=');
  await edit(root, { kind: 'setBeat', beat: '1', values: { at: null } });
  expect(await validateProject(root, { git: false })).toEqual([]);
});
