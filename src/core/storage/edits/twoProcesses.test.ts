import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { addScene } from '../filmEdits.ts';
import { allScenes, readProject, shotsOf } from '../projectFiles.ts';
import { validateProject } from '../validate.ts';

const edits = 500;
const module = (name: string): string => JSON.stringify(join(import.meta.dirname, name));

/** Edits whatever it finds, and tells what was accepted, with the moment at which it alone had the project. */
const program = `
const { editFilm } = await import(${module('editFilm.ts')});
const { planEdit } = await import(${module('planEdit.ts')});
const { searchFilm } = await import(${module('../filmSearch.ts')});
const { readProject, allScenes } = await import(${module('../projectFiles.ts')});
const root = process.env.ROOT;
let seed = Number(process.env.SEED);
const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % Math.max(1, below); };
const accepted = [];
async function edit(request) {
  let at;
  const { nodes } = await editFilm(root, (draft) => { at = process.hrtime.bigint(); return planEdit(draft, request, async () => false); });
  accepted.push({ at: String(at), request, nodes });
}
for (let count = 0; count < ${edits}; count++) {
  const scenes = allScenes((await readProject(root)).value);
  const shots = await searchFilm(root, { words: [], characters: [] });
  const shot = shots[random(shots.length)];
  const scene = scenes[random(scenes.length)];
  const kind = shots.length < 12 ? 'duplicate' : ['set', 'set', 'set', 'move', 'move', 'duplicate', 'delete'][random(7)];
  try {
    if (kind === 'set') await edit({ kind, addresses: [shot.address], values: { note: process.env.SEED + ' ' + count } });
    else if (kind === 'move') await edit({ kind, addresses: [shot.address], into: scene.address });
    else await edit({ kind, addresses: [shot.address] });
  } catch (error) {
    if (error.code !== 'address-unknown') throw error;
  }
}
console.log(JSON.stringify(accepted));
`;

const Node = z.object({ address: z.string(), id: z.string(), from: z.string().optional() });
const Accepted = z.array(
  z.object({
    at: z.string().transform(BigInt),
    request: z.object({ kind: z.string(), values: z.object({ note: z.string() }).optional() }),
    nodes: z.array(Node),
  }),
);

async function editAtOnce(root: string, seed: number): Promise<z.infer<typeof Accepted>> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, ROOT: root, SEED: String(seed) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(child.exitCode).toBe(0);
  return Accepted.parse(JSON.parse(said));
}

async function shotsIn(
  root: string,
): Promise<ReadonlyMap<string, { address: string; note: string | undefined }>> {
  const scenes = allScenes((await readProject(root)).value);
  const shots = (await Promise.all(scenes.map((scene) => shotsOf(root, scene)))).flat();
  return new Map(shots.map(({ address, shot }) => [shot.id, { address, note: shot.note }]));
}

test(
  `${2 * edits} random edits from two processes at once end in a film that holds every accepted one`,
  { timeout: 180_000 },
  async () => {
    const root = await textFilm({ shots: 8 });
    await addScene(root, '02', 'Another scene');
    const expected = new Map(await shotsIn(root));
    const told = (await Promise.all([editAtOnce(root, 11), editAtOnce(root, 7919)])).flat();
    const noteAt = (address: string | undefined): string | undefined =>
      [...expected.values()].find((one) => one.address === address)?.note;
    for (const { request, nodes } of told.sort((a, b) => Number(a.at - b.at))) {
      for (const { id, address, from } of nodes) {
        if (request.kind === 'delete') expected.delete(id);
        else if (request.kind === 'duplicate') expected.set(id, { address, note: noteAt(from) });
        else expected.set(id, { address, note: request.values?.note ?? expected.get(id)?.note });
      }
    }
    expect(told.length).toBeGreaterThan(edits);
    const sorted = (film: Iterable<[string, unknown]>) => [...film].sort(([a], [b]) => a.localeCompare(b));
    expect(sorted(await shotsIn(root))).toEqual(sorted(expected));
    expect(await validateProject(root, { git: false })).toEqual([]);
  },
);
