import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { writeFile, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { eventually } from '../lib/eventually.ts';
import { extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { say } from '../lib/say.ts';
import { manifest } from '../lib/texts.ts';

const rounds = 12;

/** Milliseconds until a bare watcher and until the tree had news. */
interface Heard {
  readonly bare: number;
  readonly tree: number;
}

describe('a change on disk by another program', () => {
  let film: Film;
  let api: AuteurApi;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    film = await makeFilm('Quick News');
    await vscode.commands.executeCommand('auteur.projects.focus');
  });

  async function write(text: string, atomic: boolean): Promise<void> {
    const file = join(film.root, manifest);
    if (!atomic) return writeFile(file, text);
    await writeFile(`${file}.tmp`, text);
    await rename(`${file}.tmp`, file);
  }

  async function hear(round: number): Promise<Heard> {
    const text = await readFile(join(film.root, manifest), 'utf8');
    const started = performance.now();
    let bare: number | undefined;
    let tree: number | undefined;
    const watcher = watch(film.root, (_kind, name) => {
      if (name === manifest) bare ??= performance.now() - started;
    });
    const listener = api.onDidChangeProjects(() => (tree ??= performance.now() - started));
    try {
      await write(
        text.replace(/"title": "An evening[^"]*"/, `"title": "An evening ${round}"`),
        round % 2 === 1,
      );
      return await eventually(
        'news in the tree',
        () => (bare === undefined || tree === undefined ? undefined : { bare, tree }),
        { everyMs: 5 },
      );
    } finally {
      watcher.close();
      listener.dispose();
    }
  }

  it('reaches the tree in time', async () => {
    await eventually('the film is in the tree', async () =>
      (await hear(0).catch(() => undefined)) ? true : undefined,
    );
    const heard: Heard[] = [];
    for (let round = 1; round <= rounds; round++) heard.push(await hear(round));
    for (const { bare, tree } of heard) say(`bare watcher ${bare.toFixed(0)} ms, tree ${tree.toFixed(0)} ms`);
    const sorted = heard.map(({ bare, tree }) => tree - bare).sort((a, b) => a - b);
    assert.ok((sorted.at(-1) ?? Infinity) < 500);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? Infinity) <= 150);
  });
});
