import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { readBeats as beats } from '../../core/storage/beats.ts';
import { editFilm } from '../../core/storage/edits/editFilm.ts';
import { planEdit } from '../../core/storage/edits/planEdit.ts';
import { readBeat, readBeats, requireSame } from './readBeat.ts';

const needs = { studio: { beats } } as unknown as Parameters<typeof readBeat>[0];
const unknown = { code: 'beat-unknown' };

function removeFirst(root: string): Promise<unknown> {
  return editFilm(root, (draft) =>
    planEdit(draft, { kind: 'deleteBeats', beats: ['1'] }, () => Promise.resolve(false)),
  );
}

test('a beat is found by its id wherever it stands, one without by its number', async () => {
  const root = await textFilm();
  const [first, second] = await beats(root);
  const refs = [
    { root, beat: second?.id ?? '' },
    { root, beat: '1' },
  ];
  expect(await readBeats(needs, refs)).toEqual([second, first]);
  await removeFirst(root);
  expect(await readBeat(needs, { root, beat: second?.id ?? '' })).toMatchObject({
    name: second?.name,
    number: 1,
  });
  await expect(readBeat(needs, { root, beat: first?.id ?? '' })).rejects.toMatchObject(unknown);
  await expect(readBeat(needs, { root, beat: '01' })).rejects.toMatchObject(unknown);
});

test('one without an id is not mistaken for another that took its place while the user was asked', async () => {
  const root = await textFilm();
  const manifest = join(root, 'project.json');
  const text = await readFile(manifest, 'utf8');
  const [head = '', tail = ''] = text.split('"emotionalBeats"');
  await writeFile(manifest, `${head}"emotionalBeats"${tail.replaceAll(/\n\s+"id": "[^"]+",/g, '')}`);
  const refs = [{ root, beat: '2' }];
  const before = await readBeats(needs, refs);
  expect(before[0]?.id).toBeUndefined();
  await requireSame(needs, refs, before);
  await removeFirst(root);
  await expect(requireSame(needs, refs, before)).rejects.toMatchObject(unknown);
});
