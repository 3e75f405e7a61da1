import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { aTakeView } from '../../../test/builders/aTakeView.ts';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { beatsOfScene } from '../domain/beatsOfScene.ts';
import { compositePrompt } from '../domain/prompt.ts';
import type { Panel } from '../model/panel.ts';
import { EditRequest } from '../protocol/editRequest.ts';
import { editFilm } from './edits/editFilm.ts';
import { planEdit } from './edits/planEdit.ts';
import { FileHashes } from './fileHashes.ts';
import { formatJson } from './jsonFile.ts';
import { findShot, readProject } from './projectFiles.ts';
import { ShotResolver, type ResolvedShot } from './resolveShot.ts';
import { nothingHere, withStaleTakes } from './takeSources.ts';

async function opened(root: string) {
  const { value: project } = await readProject(root);
  const placed = await findShot(root, project, '01/01/01');
  return { project, placed, resolver: new ShotResolver(root, project) };
}

async function set(root: string, values: object): Promise<void> {
  const request = EditRequest.parse({ kind: 'set', addresses: ['01/01'], values });
  await editFilm(root, (draft) => planEdit(draft, request, () => Promise.resolve(false)));
}

async function staleOf(root: string, sources: ResolvedShot): Promise<readonly string[]> {
  const { placed, resolver } = await opened(root);
  const take = aTake({ ...sources, shotId: placed.shot.id });
  await mkdir(join(root, placed.shot.folder), { recursive: true });
  await writeFile(join(root, placed.shot.folder, 'S01_S01_take01.json'), formatJson(take));
  const needs = { root, resolver, hashes: new FileHashes(), pipelines: nothingHere };
  const [view] = await withStaleTakes(needs, placed, [aTakeView({ id: take.id })]);
  return view?.stale ?? [];
}

/** As takes were recorded when what nobody decided was said as if it were. */
async function recordedBefore(root: string): Promise<ResolvedShot> {
  const { project, placed, resolver } = await opened(root);
  const { panel, ...resolved } = await resolver.resolve(placed);
  const { undecided, ...said }: Panel = panel;
  expect(undecided).toContain('setting');
  const where = { ...placed, project };
  const beats = beatsOfScene(project, placed.scene);
  const assets = { characters: [], location: undefined, style: undefined };
  const prompt = compositePrompt({ where, panel: said, ...assets, beats });
  expect(prompt.text).toMatch(/eye level\. interior, day; /u);
  return { ...resolved, panel: said, prompt };
}

test('a take that was asked for with what nobody decided is not stale for it, until somebody decides otherwise', async () => {
  const root = await textFilm();
  const before = await recordedBefore(root);
  expect(await staleOf(root, before)).toEqual([]);
  await set(root, { setting: 'INT' });
  expect(await staleOf(root, before)).toEqual([]);
  await set(root, { setting: 'EXT' });
  expect(await staleOf(root, before)).toEqual(['setting']);
});

test('to decide what nobody had makes the takes stale that were asked for without it', async () => {
  const root = await textFilm();
  const { placed, resolver } = await opened(root);
  const now = await resolver.resolve(placed);
  expect(await staleOf(root, now)).toEqual([]);
  await set(root, { setting: 'INT' });
  expect(await staleOf(root, now)).toEqual(['setting']);
});
