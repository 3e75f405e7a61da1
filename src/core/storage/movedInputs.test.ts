import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { aTakeView } from '../../../test/builders/aTakeView.ts';
import { mediaFile } from '../../../test/lib/importFiles.ts';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { EditRequest } from '../protocol/editRequest.ts';
import { editFilm } from './edits/editFilm.ts';
import { planEdit } from './edits/planEdit.ts';
import { FileHashes } from './fileHashes.ts';
import { formatJson } from './jsonFile.ts';
import { findShot, readProject } from './projectFiles.ts';
import { ShotResolver } from './resolveShot.ts';
import { withStaleTakes } from './takeSources.ts';

const idle = () => Promise.resolve(false);
const pipelines = {
  mapped: () => undefined,
  named: () => undefined,
  again: () => Promise.resolve(undefined),
};

async function staleOf(root: string): Promise<readonly string[]> {
  const { value } = await readProject(root);
  const placed = await findShot(root, value, '01/01/01');
  const needs = { root, resolver: new ShotResolver(root, value), hashes: new FileHashes(), pipelines };
  const [view] = await withStaleTakes(needs, placed, [aTakeView({ id: aTake().id })]);
  return view?.stale ?? [];
}

test('a take is not stale because an asset was moved with its picture; another picture makes it so', async () => {
  const root = await textFilm();
  const edit = (request: EditRequest) =>
    editFilm(root, (draft) => planEdit(draft, EditRequest.parse(request), idle));
  await edit({ kind: 'addAsset', category: 'characters', name: 'Ada' });
  const picture = '01_Assets/Characters/Ada/ada.png';
  mediaFile(root, picture);
  await edit({ kind: 'assignAssets', assets: ['Ada'], addresses: ['01/01/01'] });
  const { value } = await readProject(root);
  const placed = await findShot(root, value, '01/01/01');
  const resolved = await new ShotResolver(root, value).resolve(placed);
  const sha256 = createHash('sha256')
    .update(readFileSync(join(root, picture)))
    .digest('hex');
  const take = aTake({ ...resolved, shotId: placed.shot.id, inputs: [{ path: picture, sha256 }] });
  mkdirSync(join(root, placed.shot.folder), { recursive: true });
  writeFileSync(join(root, placed.shot.folder, 'S01_S01_take01.json'), formatJson(take));
  expect(resolved.panel.characters[0]?.reference).toBe(picture);
  expect(await staleOf(root)).toEqual([]);

  await edit({ kind: 'moveAssets', assets: ['Ada'], within: 'Crew' });
  expect(await staleOf(root)).toEqual([]);
  mediaFile(root, '01_Assets/Characters/Crew/Ada/ada.png', 'repainted');
  expect(await staleOf(root)).toEqual(['characters', 'inputs']);
});
