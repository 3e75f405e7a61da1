import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { FileHint } from '../core/ports/watcher.ts';
import { Git } from '../core/storage/git.ts';
import { testFilm, type TestFilm } from '../../test/lib/testFilm.ts';
import { FileWatcher } from './fileWatcher.ts';

const renders = '03_Renders/Chapter_01/Scene_01/Shot_01';
let watcher: FileWatcher | undefined;

afterEach(() => watcher?.dispose());

async function watched(): Promise<TestFilm & { readonly hints: FileHint[] }> {
  const film = await testFilm();
  const hints: FileHint[] = [];
  watcher = new FileWatcher({
    failed: (error) => {
      throw error;
    },
  });
  watcher.onHint((hint) => hints.push(hint));
  watcher.watch([film.workspace], [film.root]);
  await watcher.ready;
  return { ...film, hints };
}

async function write(root: string, file: string, text = '{}'): Promise<void> {
  await mkdir(join(root, file, '..'), { recursive: true });
  await writeFile(join(root, file), text);
}

const heard = (hints: readonly FileHint[], hint: FileHint) =>
  vi.waitFor(() => expect(hints).toContainEqual(hint), { timeout: 10_000 });

test('a manifest that is exchanged again and again is told each time', async () => {
  const { root, hints } = await watched();
  const file = join(root, 'project.json');
  for (let round = 1; round <= 20; round++) {
    hints.length = 0;
    const text = await readFile(file, 'utf8');
    await writeFile(`${file}.tmp`, `${text} `);
    await rename(`${file}.tmp`, file);
    await heard(hints, { kind: 'project', root });
  }
});

test.each([
  ['shotList', '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json'],
  ['shotList', '02_Source_Creative/ShotLists/Chapter_09_Scene_09.shotlist.json'],
  ['document', '02_Source_Creative/Scripts/Draft.fountain'],
  ['document', '02_Source_Creative/Treatments/A treatment.md'],
  ['asset', '01_Assets/Characters/Ada/asset.json'],
  ['asset', '01_Assets/Characters/Crew/Bo/asset.json'],
] as const)('a %s that is written at %s is told', async (kind, file) => {
  const { root, hints } = await watched();
  await write(root, file);
  await heard(hints, { kind, root, file });
});

test('files in folders that come with them are told, however fast', async () => {
  const { root, hints } = await watched();
  for (let round = 1; round <= 20; round++) {
    const file = `01_Assets/Characters/Crew ${round}/Bo/asset.json`;
    await write(root, file);
    await heard(hints, { kind: 'asset', root, file });
  }
});

test('another branch and another commit are told', async () => {
  const { root, hints } = await watched();
  const git = new Git(root);
  await git.run(['checkout', '--quiet', '-b', 'other']);
  await heard(hints, { kind: 'git', root });
});

test('a film that comes to the workspace is told', async () => {
  const { workspace, hints } = await watched();
  await mkdir(join(workspace, 'Projects', 'Another'));
  await heard(hints, { kind: 'projects' });
});

test('takes and what else is large are not looked at', async () => {
  const { root, hints } = await watched();
  await write(root, `${renders}/S01_S01_take01.json`);
  await write(root, '05_Cache/project.json');
  await write(root, '01_Assets/Characters/Ada/face.png');
  await write(root, '02_Source_Creative/Canvas/board.md');
  await write(root, 'project.json', await readFile(join(root, 'project.json'), 'utf8'));
  await heard(hints, { kind: 'project', root });
  expect(new Set(hints.map(({ kind }) => kind))).toEqual(new Set(['project']));
});

test('what is not shown any more is not told', async () => {
  const { root, workspace, hints } = await watched();
  watcher?.watch([workspace], []);
  await write(root, 'project.json', ' ');
  await mkdir(join(workspace, 'Projects', 'Another'));
  await heard(hints, { kind: 'projects' });
  expect(hints.some(({ kind }) => kind === 'project')).toBe(false);
});
