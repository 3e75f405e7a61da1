import { expect, test } from 'vitest';
import { textFilm } from '../../test/lib/textFilm.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';
import { FilmDesk } from './filmDesk.ts';

test('documents that come and go and another structure are told, also where they are undone', async () => {
  const root = await textFilm();
  const desk = new FilmDesk({ trusted: true, edits: 'leave' });
  const events: AuteurEvent[] = [];
  desk.onEvent(({ event }) => events.push(event));
  const told = () => events.splice(0).filter(({ type }) => type !== 'project_update');

  const { nodes } = await desk.edit(root, { kind: 'newDocument', document: 'screenplay' });
  const path = nodes[0]?.address;
  expect(told()).toMatchObject([{ type: 'creative_document_updated', documentType: 'screenplay', path }]);
  await desk.undoEdit(root);
  expect(told()).toMatchObject([{ type: 'creative_document_updated', path }]);

  await desk.edit(root, { kind: 'structure', structure: 'story-circle' });
  expect(told()).toMatchObject([{ type: 'narrative_structure_changed', structure: 'story-circle' }]);
  await desk.undoEdit(root);
  expect(told()).toMatchObject([{ type: 'narrative_structure_changed', structure: 'three-act' }]);
});

test('where nothing is trusted, no document is made', async () => {
  const root = await textFilm();
  const desk = new FilmDesk({ trusted: false, edits: 'leave' });
  await expect(desk.edit(root, { kind: 'newDocument', document: 'treatment' })).rejects.toMatchObject({
    code: 'untrusted',
  });
  expect(await desk.documents(root)).toEqual([]);
});
