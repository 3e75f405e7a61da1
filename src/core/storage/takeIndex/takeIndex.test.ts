import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { touchedPaths } from '../../../../test/lib/touchedPaths.ts';
import { SceneId } from '../../model/ids.ts';
import { formatJson } from '../jsonFile.ts';
import { scanTakes } from '../takes.ts';
import { TakeIndex } from './takeIndex.ts';

const scene = SceneId.parse('scene');
const folders = ['03_Renders/Shot_01', '03_Renders/Shot_02', '03_Renders/Shot_03'];

beforeEach(() => {
  // What was changed within the last two seconds is not kept; the tests do not wait for it.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function sidecar(root: string, folder: string, number: number): string {
  return join(root, folder, `S01_S01_take${String(number).padStart(2, '0')}.json`);
}

function record(root: string, folder: string, number: number, fields: { seed?: number } = {}): void {
  mkdirSync(join(root, folder), { recursive: true });
  const take = aTake({ number, id: `job-${folder.slice(-2)}-${number}`, ...fields });
  writeFileSync(sidecar(root, folder, number), formatJson(take));
}

/** As the store marks a take: another file takes the name. */
function markDeleted(root: string, folder: string, number: number): void {
  const path = sidecar(root, folder, number);
  const text = readFileSync(path, 'utf8').replace(/\n}\n$/, ',\n  "deleted": "2026-02-02T00:00:00Z"\n}\n');
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

/** The disk's clock may stand still for some milliseconds. */
function untilClockMoves(path: string): void {
  const before = statSync(path).ctimeMs;
  const probe = `${path}.probe`;
  do writeFileSync(probe, '');
  while (statSync(probe).ctimeMs === before);
  rmSync(probe);
}

function film(takes = 3): string {
  const root = tempFolder();
  for (const folder of folders) for (let number = 1; number <= takes; number++) record(root, folder, number);
  return root;
}

function indexFile(root: string): string {
  return join(root, '05_Cache/takes.index/scene-scene.json');
}

async function seen(index: TakeIndex, root: string): Promise<unknown> {
  const read = await index.scene(root, scene, folders);
  return folders.map((folder) =>
    (read.get(folder)?.takes ?? []).map(({ id, number, seed, deleted }) => ({ id, number, seed, deleted })),
  );
}

/** The truth: every folder and every sidecar read. */
function scanned(root: string): Promise<unknown> {
  return Promise.all(
    folders.map(async (folder) => {
      const { takes } = await scanTakes(join(root, folder));
      return takes.map(({ id, number, seed, deleted }) => ({ id, number, seed, deleted }));
    }),
  );
}

function sidecarsRead(paths: readonly string[]): readonly string[] {
  // Every file is read once; it is looked at first.
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .filter(([path, times]) => /_take\d+\.json$/.test(path) && times > 1)
    .map(([path]) => path);
}

test('what was read once is not read again', async () => {
  const root = film();
  const first = await touchedPaths(() => seen(new TakeIndex({ keeps: true }), root));
  expect(sidecarsRead(first)).toHaveLength(9);
  const second = await touchedPaths(() => seen(new TakeIndex({ keeps: true }), root));
  expect(sidecarsRead(second)).toEqual([]);
  expect(await seen(new TakeIndex({ keeps: true }), root)).toEqual(await scanned(root));
});

test('of one new take its sidecar alone is read, and no other folder is looked at', async () => {
  const root = film();
  const index = new TakeIndex({ keeps: true });
  await seen(index, root);
  record(root, '03_Renders/Shot_02', 4);
  const touched = await touchedPaths(() => index.shot(root, scene, '03_Renders/Shot_02'));
  expect(sidecarsRead(touched)).toEqual([sidecar(root, '03_Renders/Shot_02', 4)]);
  expect(touched.filter((path) => /Shot_0[13]/.test(path))).toEqual([]);
  const { takes } = await index.shot(root, scene, '03_Renders/Shot_02');
  expect(takes.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(sidecarsRead(await touchedPaths(() => seen(index, root)))).toEqual([]);
});

test('a take that is changed in the moment it is read is read again', async () => {
  vi.useRealTimers();
  const root = film(1);
  const index = new TakeIndex({ keeps: true });
  await seen(index, root);
  expect(existsSync(indexFile(root))).toBe(false);
  record(root, folders[0] ?? '', 1, { seed: 2 });
  expect(await seen(index, root)).toEqual(await scanned(root));
});

test('a folder that is replaced by an older one, with its times, is read', async () => {
  const root = film();
  const [folder = ''] = folders;
  record(root, folder, 1, { seed: 5 });
  cpSync(join(root, folder), join(root, 'older'), { recursive: true, preserveTimestamps: true });
  record(root, folder, 1, { seed: 6 });
  utimesSync(sidecar(root, folder, 1), 1, 1);
  utimesSync(join(root, 'older/S01_S01_take01.json'), 1, 1);
  const index = new TakeIndex({ keeps: true });
  await seen(index, root);
  untilClockMoves(sidecar(root, folder, 1));
  rmSync(join(root, folder), { recursive: true });
  cpSync(join(root, 'older'), join(root, folder), { recursive: true, preserveTimestamps: true });
  utimesSync(join(root, folder), 1, 1);
  expect(await seen(index, root)).toEqual(await scanned(root));
});

const broken = [
  '',
  '{',
  '\0\0\0\0',
  'null',
  '[]',
  '{"format":0,"scene":"scene","folders":{}}',
  '{"format":1,"scene":"other","folders":{"03_Renders/Shot_01":{}}}',
  '{"format":1,"scene":"scene","folders":{"03_Renders/Shot_01":{"S01_S01_take01.json":["1:1:1",{"id":1}]}}}',
  '{"format":1,"scene":"scene","folders":{"__proto__":{},"03_Renders/Shot_01":[]}}',
];

test.each(broken)('an index that holds %j is built anew', async (text) => {
  const root = film();
  const index = new TakeIndex({ keeps: true });
  await seen(index, root);
  const whole = readFileSync(indexFile(root), 'utf8');
  writeFileSync(indexFile(root), text);
  expect(await seen(index, root)).toEqual(await scanned(root));
  expect(readFileSync(indexFile(root), 'utf8')).toBe(whole);
});

test('an index that was cut off anywhere is built anew', async () => {
  const root = film(1);
  const index = new TakeIndex({ keeps: true });
  await seen(index, root);
  const whole = readFileSync(indexFile(root), 'utf8');
  for (let length = 0; length < whole.length; length += 97) {
    writeFileSync(indexFile(root), whole.slice(0, length));
    expect(await seen(index, root)).toEqual(await scanned(root));
  }
});

test.each(['05_Cache', '05_Cache/takes.index'])(
  'through a link in place of %s nothing is written',
  async (at) => {
    const root = film();
    const outside = tempFolder();
    mkdirSync(join(root, at, '..'), { recursive: true });
    symlinkSync(outside, join(root, at));
    expect(await seen(new TakeIndex({ keeps: true }), root)).toEqual(await scanned(root));
    expect(readdirSync(outside)).toEqual([]);
  },
);

test('where no index can be written, takes are read all the same, and that is told once', async () => {
  const root = film();
  // A file stands where the index would be.
  mkdirSync(join(root, '05_Cache/takes.index/scene-scene.json/full'), { recursive: true });
  const told: string[] = [];
  const index = new TakeIndex({ keeps: true, log: (line) => told.push(line) });
  expect(await seen(index, root)).toEqual(await scanned(root));
  expect(await seen(index, root)).toEqual(await scanned(root));
  expect(told).toHaveLength(1);
  expect(readdirSync(join(root, '05_Cache/takes.index'))).toEqual(['scene-scene.json']);
});

test('without trust no index is read or written', async () => {
  const root = film();
  await seen(new TakeIndex({ keeps: true }), root);
  const text = readFileSync(indexFile(root), 'utf8');
  writeFileSync(indexFile(root), text.replaceAll('"seed":1', '"seed":99'));
  expect(await seen(new TakeIndex({ keeps: false }), root)).toEqual(await scanned(root));
  rmSync(join(root, '05_Cache'), { recursive: true });
  await seen(new TakeIndex({ keeps: false }), root);
  expect(existsSync(join(root, '05_Cache'))).toBe(false);
});

type Change = (root: string, folder: string, number: number) => void;

const changes: Readonly<Record<string, Change>> = {
  take: record,
  otherTake: (root, folder, number) => {
    record(root, folder, number, { seed: 1000 + number });
  },
  mark: (root, folder, number) => {
    const path = sidecar(root, folder, number);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (text.length > 1 && !text.includes('"deleted"')) markDeleted(root, folder, number);
  },
  remove: (root, folder, number) => {
    rmSync(sidecar(root, folder, number), { force: true });
  },
  removeFolder: (root, folder) => {
    rmSync(join(root, folder), { recursive: true, force: true });
  },
  breakIt: (root, folder, number) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(sidecar(root, folder, number), '{');
  },
  age: (root, folder, number) => {
    if (existsSync(sidecar(root, folder, number))) utimesSync(sidecar(root, folder, number), 1, 1);
  },
  loseCache: (root) => {
    rmSync(join(root, '05_Cache'), { recursive: true, force: true });
  },
  cutIndex: (root) => {
    if (!existsSync(indexFile(root))) return;
    const text = readFileSync(indexFile(root), 'utf8');
    writeFileSync(indexFile(root), text.slice(0, text.length >> 1));
  },
};

const step = fc.record({
  change: fc.constantFrom(...Object.keys(changes)),
  folder: fc.constantFrom(...folders),
  number: fc.integer({ min: 1, max: 4 }),
  /** Which of two processes looks, and whether at one shot or at the scene. */
  process: fc.constantFrom(0, 1),
  alone: fc.boolean(),
});

test('after any changes two processes see what a scan sees', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const root = film(1);
      const processes = [new TakeIndex({ keeps: true }), new TakeIndex({ keeps: true })] as const;
      for (const { change, folder, number, process, alone } of steps) {
        changes[change]?.(root, folder, number);
        if (alone) {
          const { takes } = await processes[process].shot(root, scene, folder);
          const truth = await scanTakes(join(root, folder));
          expect(takes.map(({ id }) => id)).toEqual(truth.takes.map(({ id }) => id));
        } else expect(await seen(processes[process], root)).toEqual(await scanned(root));
      }
      for (const index of processes) expect(await seen(index, root)).toEqual(await scanned(root));
      rmSync(root, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
