import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, makeFilm } from './auteur.ts';

let home: TestHome;

beforeAll(async () => {
  home = await createTestHome();
});
afterAll(() => home.dispose());

test('what tells Electron to be a Node reaches no program that Git starts', async () => {
  const film = await makeFilm(home, 0);
  const seen = join(home.root, 'hook-environment');
  await writeFile(join(film.cwd, '.git/hooks/pre-commit'), `#!/bin/sh\nenv > '${seen}'\n`, { mode: 0o755 });
  const place = { ...film, env: { ELECTRON_RUN_AS_NODE: '1' } };
  expect((await auteur(place, 'add', 'chapter', 'Electric')).code).toBe(0);
  const environment = await readFile(seen, 'utf8');
  expect(environment).toContain('GIT_LITERAL_PATHSPECS=1');
  expect(environment).not.toContain('ELECTRON');
});
