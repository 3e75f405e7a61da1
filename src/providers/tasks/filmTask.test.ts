import { expect, test } from 'vitest';
import { readFilmTask } from './filmTask.ts';

const type = 'auteur';

test('a task says which takes are made, as a request does', () => {
  const task = {
    type,
    action: 'generate',
    shots: ['01/*/*'],
    takes: 2,
    quality: 'low',
    seed: 7,
    project: 'A',
  };
  expect(readFilmTask(task)).toEqual({
    action: 'generate',
    project: 'A',
    request: { addresses: ['01/*/*'], takes: 2, quality: 'low', seed: 7 },
  });
  expect(readFilmTask({ type, action: 'generateMissing' })).toEqual({
    action: 'generate',
    request: { addresses: [], missing: true },
  });
  expect(readFilmTask({ type, action: 'regenerateStale', shots: ['02'], pipeline: 'own' })).toEqual({
    action: 'generate',
    request: { addresses: ['02'], pipeline: 'own', stale: true },
  });
  expect(readFilmTask({ type, action: 'exportFrames', project: 'A' })).toEqual({
    action: 'exportFrames',
    project: 'A',
  });
});

test.each([
  [{ type }, /"action" is to be one of generate, /],
  [{ type, action: 'render' }, /"action" is to be one of generate, /],
  [{ type, action: 'generate' }, /does not say which shots/],
  [{ type, action: 'generate', shots: [] }, /does not say which shots/],
  [{ type, action: 'generateMissing', shots: [] }, /does not say which shots/],
  [{ type, action: 'generate', shots: '01' }, /"shots" is to be a list/],
  [{ type, action: 'generate', shots: ['**'], takes: 'two' }, /"takes" is to be a number/],
  [{ type, action: 'generate', shots: ['**'], quality: 'best' }, /"quality" is to be one of low, /],
  [{ type, action: 'exportFrames', takes: 2 }, /takes no "takes"/],
  [{ type: 'shell', action: 'exportFrames' }, /"type" is to be/],
  ['auteur', /is to be/],
])('a task that makes no sense says why: %j', (definition, reason) => {
  expect(() => readFilmTask(definition)).toThrow(
    expect.objectContaining({ code: 'task-invalid', message: expect.stringMatching(reason) as string }),
  );
});
