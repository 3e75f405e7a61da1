import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { change, manifest, mend, ours, problemsOf, shotList, uriOf } from '../lib/texts.ts';

describe('problems of a film in the editor', () => {
  let film: Film;
  let other: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Broken Mirror');
    other = await makeFilm('Whole Mirror');
  });

  it('are told of a file that is closed, at their place, and mended by a quick fix', async () => {
    await change(film, shotList, (text) =>
      text.replace('"size": "CU"', '"size": "CU",\n      "characters": ["nobody"]'),
    );
    const [problem] = await problemsOf(film, shotList, 1);
    assert.ok(problem);
    const document = await vscode.workspace.openTextDocument(uriOf(film, shotList));
    assert.equal(document.getText(problem.range), '"nobody"');
    assert.equal(problem.code, 'asset-dangling');
    assert.equal(await mend(document.uri, problem), 'Take the reference out');
    await document.save();
    await problemsOf(film, shotList, 0);
    assert.match(await readFile(join(film.root, shotList), 'utf8'), /"characters": \[\]/);
  });

  it('name the place where a file is broken, change nothing, and go by themselves', async () => {
    const whole = await readFile(join(film.root, manifest), 'utf8');
    await change(film, manifest, (text) => text.replace('  "name"', '<<<<<<< HEAD\n  "name"'));
    try {
      const [problem] = await problemsOf(film, manifest, 1);
      assert.match(problem?.message ?? '', /merge conflict is not resolved at line \d+/);
      assert.deepEqual(ours(uriOf(other, manifest)), []);
    } finally {
      await change(film, manifest, () => whole);
    }
    await problemsOf(film, manifest, 0);
  });

  const wrong: readonly (readonly [what: string, field: string, make: (text: string) => string])[] = [
    ['of another type', '"name"', (text) => text.replace(/"name": "[^"]*"/, '"name": 7')],
    ['missing', '"settings"', (text) => text.replace(/"fps": \d+,\s*/, '')],
    ['null', '"quality"', (text) => text.replace(/"quality": "[^"]*"/, '"quality": null')],
    ['huge', '"nextNumber"', (text) => text.replace(/"nextNumber": \d+/, '"nextNumber": 1e300')],
    [
      'none of those there are',
      '"quality"',
      (text) => text.replace(/"quality": "[^"]*"/, '"quality": "best"'),
    ],
    ['negative', '"zoom"', (text) => text.replace(/"zoom": 1/, '"zoom": -1')],
  ];
  for (const [what, field, make] of wrong) {
    it(`name the line of ${field} where something is ${what}, and leave the file alone`, async () => {
      const whole = await readFile(join(film.root, manifest), 'utf8');
      await change(film, manifest, make);
      const text = await readFile(join(film.root, manifest), 'utf8');
      assert.notEqual(text, whole);
      try {
        const line = text.split('\n').findIndex((one) => one.includes(field));
        await eventually(`the problem of line ${line}`, () => {
          const [problem, ...more] = ours(uriOf(film, manifest));
          return (more.length === 0 && problem?.range.start.line === line) || undefined;
        });
        assert.equal(await readFile(join(film.root, manifest), 'utf8'), text);
      } finally {
        await change(film, manifest, () => whole);
      }
      await problemsOf(film, manifest, 0);
    });
  }
});
