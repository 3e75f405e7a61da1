import { expect, test } from 'vitest';
import { taskPlaceAt } from './taskPlace.ts';

/** Looks at the place of the mark. */
function at(marked: string): ReturnType<typeof taskPlaceAt> {
  return taskPlaceAt(marked.replace('|', ''), marked.indexOf('|'));
}

const task = (body: string): string => `{
  // Comments are allowed there.
  "version": "2.0.0",
  "tasks": [{ "type": "shell", "command": "make" }, { "type": "auteur", "action": "generate", ${body} }],
}`;

test('the shots of a task of ours, with the film that it names', () => {
  expect(at(task('"project": "Tide", "shots": ["01/|"]'))).toMatchObject({
    about: 'shots',
    project: 'Tide',
    length: 5,
  });
  expect(at(task('"shots": [|]'))).toMatchObject({ about: 'shots', project: undefined, length: 0 });
  expect(at(task('"shots": ["01", |]'))).toMatchObject({ about: 'shots', length: 0 });
  expect(at(task('"project": "T|"'))).toMatchObject({ about: 'project', length: 3 });
});

test('the same in a workspace of several folders', () => {
  const workspace = `{ "folders": [], "tasks": ${task('"project": "Tide", "shots": ["|"]').replace('],\n', ']\n')} }`;
  expect(at(workspace)).toMatchObject({ about: 'shots', project: 'Tide' });
});

test.each([
  task('"action": "ge|"'),
  task('"sho|ts": ["01"]'),
  task('"shots": ["01"]').replace('"make"', '"|make"'),
  task('"presentation": { "project": "|" }'),
  '{ "tasks": [{ "type": "npm", "shots": ["|"] }] }',
  '{ "shots": ["|"] }',
  '[|]',
  '|',
])('nothing else: %s', (text) => {
  expect(at(text)).toBeUndefined();
});
