import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { TakeFolders } from './takeFolders.ts';
import type { SceneNode, ShotNode } from './nodes.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
/** In a chapter of which nothing was made yet. */
const later = '03_Renders/Chapter_02/Scene_01/Shot_02';
let root: string;
let told: string[];
let folders: TakeFolders;

beforeEach(() => {
  root = tempFolder();
  mkdirSync(join(root, folder), { recursive: true });
  told = [];
  folders = new TakeFolders();
  onTestFinished(() => {
    folders.dispose();
  });
  folders.onHint((hint) => told.push('file' in hint ? hint.file : hint.kind));
});

function show(...shots: readonly string[]): void {
  const scene = { kind: 'scene', id: `${root}#scene:one`, root } as SceneNode;
  folders.show(
    scene,
    shots.map((at) => ({ kind: 'shot', view: { shot: { folder: at } } }) as ShotNode),
  );
}

const heard = (at: string): Promise<void> =>
  vi.waitFor(
    () => {
      expect(told).toContain(at);
    },
    { timeout: 10_000 },
  );

test('a take that comes while the scene is given to the editor again is heard of', async () => {
  show(folder);
  await heard(folder);
  told.length = 0;
  writeFileSync(join(root, folder, 'take01.json'), '{}');
  show(folder);
  await heard(folder);
});

test('a take that came after the shots were read, and before they were watched, is heard of', async () => {
  writeFileSync(join(root, folder, 'take01.json'), '{}');
  show(folder);
  await heard(folder);
});

test('the folder of a first take is watched from then on, and one that was removed and came back', async () => {
  show(folder, later);
  for (const round of [1, 2]) {
    told.length = 0;
    mkdirSync(join(root, later), { recursive: true });
    await heard(later);
    told.length = 0;
    writeFileSync(join(root, later, `take${round}.json`), '{}');
    await heard(later);
    told.length = 0;
    rmSync(join(root, '03_Renders/Chapter_02'), { recursive: true });
    await heard(later);
  }
});
