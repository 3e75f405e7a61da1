import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aJob } from '../../../test/builders/aJob.ts';
import { codeOf, machine } from '../../../test/lib/pipelineMachine.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';

const draft = 'auteur-flux:1.0-draft';
const wishes = { fallback: false };

/** What an Auteur comes with, which an update changes. */
function shippedFolder(): { readonly shipped: string; readonly update: () => void } {
  const shipped = tempFolder();
  mkdirSync(join(shipped, 'flux'));
  writeFileSync(join(shipped, 'flux/Dockerfile'), 'FROM scratch');
  const update = (): void => {
    writeFileSync(join(shipped, 'flux/Dockerfile'), 'FROM scratch\nLABEL newer=1');
  };
  return { shipped, update };
}

test('what comes with Auteur is built anew after an update, without another word of the user', async () => {
  const { shipped, update } = shippedFolder();
  const { catalogue, workspace, word, images } = machine({ wishes, shipped });
  images.set(draft, '');
  const choose = () => catalogue.choose(workspace, 'low', undefined);
  expect(await codeOf(choose())).toBe('image-not-built');
  await catalogue.allow(workspace, draft);
  const before = await choose();
  update();
  const after = await choose();
  expect(after.definition).not.toEqual(before.definition);
  await word.requireFetch(aJob({ ...after }));
});

test('a take of an earlier Auteur is made again with its own parameters, by what there is now', async () => {
  const { shipped, update } = shippedFolder();
  const { catalogue, workspace } = machine({ wishes, shipped });
  const made = await catalogue.choose(workspace, 'low', undefined);
  const taken = { ...made, definition: { ...made.definition, parameters: { steps: 9 } }, quality: 'low' };
  const withoutBuild = { ...taken.definition, build: undefined };
  update();
  const now = await catalogue.choose(workspace, 'low', undefined);
  for (const definition of [taken.definition, withoutBuild]) {
    const again = await catalogue.again(workspace, { ...taken, definition } as never);
    expect(again).toMatchObject({ origin: 'built-in', definition: { parameters: { steps: 9 } } });
    expect(again.definition).toEqual({ ...now.definition, parameters: { steps: 9 } });
    expect(await (await catalogue.here(workspace)).again({ ...taken, definition } as never)).toBeDefined();
  }
});

test('nothing is fetched under the names of Auteur, whatever the user has said', async () => {
  const { shipped } = shippedFolder();
  const { catalogue, workspace, word, images } = machine({ wishes, shipped });
  images.set(draft, '');
  await catalogue.allow(workspace, draft);
  rmSync(join(shipped, 'flux'), { recursive: true });
  const choosing = catalogue.choose(workspace, 'low', undefined);
  await expect(choosing).rejects.toMatchObject({ code: 'image-missing' });
  const { definition, origin } = await catalogue.find(workspace, draft);
  const job = aJob({ definition, origin, pipeline: { id: draft, kind: 'container', version: draft } });
  expect(await codeOf(word.requireFetch(job))).toBe('image-missing');
  const { problems } = await catalogue.list(workspace);
  expect(problems.map(({ file }) => file)).toEqual([join(shipped, 'flux')]);
  images.delete(draft);
  expect((await catalogue.choose(workspace, 'low', undefined)).pipeline.id).toBe(draft);
});
