import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaFile } from '../../../../test/lib/importFiles.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { EditRequest } from '../../protocol/editRequest.ts';
import { Asset } from '../../model/asset.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { readProject, findShot } from '../projectFiles.ts';
import { editFilm, type NodesEdit } from './editFilm.ts';
import { readAssetUses } from './filmUses.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

function edit(root: string, request: EditRequest): Promise<NodesEdit> {
  return editFilm(root, (draft) => planEdit(draft, EditRequest.parse(request), idle));
}

function addAsset(
  root: string,
  name: string,
  more: Partial<Extract<EditRequest, { kind: 'addAsset' }>> = {},
): Promise<NodesEdit> {
  return edit(root, { kind: 'addAsset', category: 'characters', name, ...more });
}

async function textOf(root: string, name: string): Promise<Asset> {
  const { assets } = (await readProject(root)).value;
  const ref = Object.values(assets)
    .flat()
    .find((asset) => (asset as { name: string }).name === name) as { folder: string };
  return Asset.parse(JSON.parse(readFileSync(join(root, ref.folder, 'asset.json'), 'utf8')));
}

async function shotOne(root: string) {
  return (await findShot(root, (await readProject(root)).value, '01/01/01')).shot;
}

test('an asset gets a folder of its own with its text, within folders of its category', async () => {
  const root = await textFilm();
  const made = await addAsset(root, 'What: "Now"?', {
    within: 'Crew/Night shift',
    values: { description: 'Tall', keywords: ['grey hair'] },
  });
  expect(made.files).toEqual(['project.json', '01_Assets/Characters/Crew/Night_shift/What_Now/asset.json']);
  const text = await textOf(root, 'What: "Now"?');
  expect(text).toMatchObject({ description: 'Tall', keywords: ['grey hair'], id: made.id });
  expect(text.$schema).toBe('../../../../../.auteur/asset.schema.json');
});

test.each(['../../../tmp', '..', 'Crew/../..', String.raw`..\tmp`, './Crew', 'Crew/ .. '])(
  'a folder "%s" is refused and nothing is made',
  async (within) => {
    const root = await textFilm();
    await expect(addAsset(root, 'Ada', { within })).rejects.toMatchObject({
      code: 'value-invalid',
      message: expect.stringContaining(
        `folder cannot be "${within}": it is a folder within the category`,
      ) as string,
    });
    expect((await readProject(root)).value.assets.characters).toEqual([]);
  },
);

test('a rename keeps folder and references; a name is given once in a category', async () => {
  const root = await textFilm();
  const { id } = await addAsset(root, 'Ada');
  await addAsset(root, 'ada');
  await edit(root, { kind: 'assignAssets', assets: [id], addresses: ['01/01'] });
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { name: ' Ada Lorenz ' } });
  expect(await textOf(root, 'Ada Lorenz')).toMatchObject({ id, name: 'Ada Lorenz' });
  expect((await shotOne(root)).characters).toEqual([id]);
  expect(existsSync(join(root, '01_Assets/Characters/Ada/asset.json'))).toBe(true);
  expect(existsSync(join(root, '01_Assets/Characters/ada_2/asset.json'))).toBe(true);
  await expect(addAsset(root, 'Ada Lorenz')).rejects.toEqual(code('asset-exists'));
  await expect(
    edit(root, { kind: 'setAsset', asset: 'ada', values: { name: 'Ada Lorenz' } }),
  ).rejects.toEqual(code('asset-exists'));
});

test('a wardrobe variant that is named again keeps what is not said anew', async () => {
  const root = await textFilm();
  await addAsset(root, 'Ada');
  const first = [{ name: 'Booth', description: 'blue', keywords: ['denim'] }, { name: 'Premiere' }];
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe: first } });
  const second = [{ name: 'Booth', description: 'grey' }, { name: 'Rain' }];
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe: second } });
  expect((await textOf(root, 'Ada')).wardrobe).toMatchObject([
    { name: 'Booth', description: 'grey', keywords: ['denim'] },
    { name: 'Rain' },
  ]);
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe: [{ name: 'Booth' }] } });
  const [booth] = (await textOf(root, 'Ada')).wardrobe ?? [];
  expect(booth).toEqual({ id: booth?.id, name: 'Booth', keywords: ['denim'] });
});

test('a wardrobe variant keeps its id under its name, and a shot names it', async () => {
  const root = await textFilm();
  await addAsset(root, 'Ada');
  const wardrobe = (description: string) => [{ name: 'Booth', description }, { name: 'Premiere' }];
  const wear = (assets: string[], variant: string) =>
    edit(root, { kind: 'assignAssets', assets, addresses: ['01/01/01'], variant });
  await expect(wear(['Ada'], 'Booth')).rejects.toEqual(code('variant-none'));
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe: wardrobe('blue') } });
  const before = (await textOf(root, 'Ada')).wardrobe ?? [];
  await edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe: wardrobe('grey') } });
  const after = (await textOf(root, 'Ada')).wardrobe ?? [];
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after[0]?.description).toBe('grey');
  await edit(root, { kind: 'assignAssets', assets: ['Ada'], addresses: ['01/01/01'], variant: 'Booth' });
  expect(Object.values((await shotOne(root)).wardrobe ?? {})).toEqual([after[0]?.id]);
  await edit(root, { kind: 'assignAssets', assets: ['Ada'], addresses: ['01/01/01'], variant: null });
  expect((await shotOne(root)).wardrobe).toEqual({});
  await expect(wear(['Ada'], 'Beach')).rejects.toEqual(code('variant-unknown'));
  await addAsset(root, 'Bob');
  await expect(wear(['Ada', 'Bob'], 'Booth')).rejects.toEqual(code('value-invalid'));
});

test('what an asset cannot be assigned to is refused, and the rest is not made either', async () => {
  const root = await textFilm();
  await addAsset(root, 'Ada');
  await addAsset(root, 'Rain', { category: 'music' });
  await addAsset(root, 'Noir', { category: 'styles' });
  const refused = (assets: string[], address: string) =>
    expect(edit(root, { kind: 'assignAssets', assets, addresses: [address] })).rejects.toEqual(
      code('assign-impossible'),
    );
  await refused(['Noir', 'Rain'], '01/01/01');
  await refused(['Ada'], '');
  await refused(['Ada'], '01');
  expect((await shotOne(root)).style).toBeUndefined();
  await edit(root, { kind: 'assignAssets', assets: ['Noir'], addresses: ['', '01/01', '01/01/01'] });
  expect(await readAssetUses(root, 'styles/Noir')).toEqual([
    { kind: 'project', address: '', as: 'style' },
    { kind: 'scene', address: '01/01', as: 'style' },
    { kind: 'shot', address: '01/01/01', as: 'style' },
  ]);
});

test('a used asset is only deleted by force; undo brings back its files and every use', async () => {
  const root = await textFilm({ shots: 2 });
  await addAsset(root, 'Ada');
  await addAsset(root, 'Emil');
  await addAsset(root, 'Kitchen', { category: 'locations' });
  await edit(root, { kind: 'assignAssets', assets: ['Ada', 'Emil', 'Kitchen'], addresses: ['01/01'] });
  const picture = mediaFile(join(root, '01_Assets/Characters/Ada/refs'), 'a.png');
  const before = readFileSync(join(root, 'project.json'), 'utf8');
  const uses = await readAssetUses(root, 'Ada');
  const assets = ['Ada', 'Kitchen'];
  await expect(edit(root, { kind: 'deleteAssets', assets })).rejects.toThrow(
    'The character "Ada" is used in 01/01/01, 01/01/02, so it was not deleted.',
  );
  const deleted = await edit(root, { kind: 'deleteAssets', assets, force: true });
  expect(deleted.files).toContain('01_Assets/Characters/Ada/refs/a.png');
  expect(existsSync(join(root, '01_Assets/Characters/Ada'))).toBe(false);
  expect((await shotOne(root)).characters).toHaveLength(1);
  const undone = await undoEdit(root, idle);
  expect([...undone.files].sort()).toEqual([...deleted.files].sort());
  expect(readFileSync(join(root, 'project.json'), 'utf8')).toBe(before);
  expect(existsSync(picture)).toBe(true);
  expect(await readAssetUses(root, 'Ada')).toEqual(uses);
  await redoEdit(root, idle);
  expect(existsSync(picture)).toBe(false);
});

test('undo of a deletion does not write over what has taken its place', async () => {
  const root = await textFilm();
  await addAsset(root, 'Ada');
  await edit(root, { kind: 'deleteAssets', assets: ['Ada'] });
  mkdirSync(join(root, '01_Assets/Characters/Ada'), { recursive: true });
  writeFileSync(join(root, '01_Assets/Characters/Ada/mine.txt'), 'mine');
  await expect(undoEdit(root, idle)).rejects.toEqual(code('undo-taken'));
  expect(readFileSync(join(root, '01_Assets/Characters/Ada/mine.txt'), 'utf8')).toBe('mine');
});

test('another asset within the folder stays where it is', async () => {
  const root = await textFilm();
  await addAsset(root, 'Crew');
  await addAsset(root, 'Ada', { within: 'Crew' });
  mediaFile(join(root, '01_Assets/Characters/Crew'), 'group.png');
  await edit(root, { kind: 'deleteAssets', assets: ['Crew'] });
  expect(existsSync(join(root, '01_Assets/Characters/Crew/Ada/asset.json'))).toBe(true);
  expect(existsSync(join(root, '01_Assets/Characters/Crew/group.png'))).toBe(false);
  await undoEdit(root, idle);
  expect(existsSync(join(root, '01_Assets/Characters/Crew/group.png'))).toBe(true);
});

test('an asset known by its name alone gets a text when something is said of it', async () => {
  const root = await textFilm();
  const manifest = join(root, 'project.json');
  const project = JSON.parse(readFileSync(manifest, 'utf8')) as { assets: { styles: unknown[] } };
  project.assets.styles.push({ id: 'noir', name: 'Noir', folder: '01_Assets/Styles/Noir' });
  writeFileSync(manifest, JSON.stringify(project));
  await edit(root, { kind: 'setAsset', asset: 'noir', values: { keywords: ['hard light'] } });
  expect(await textOf(root, 'Noir')).toMatchObject({ id: 'noir', keywords: ['hard light'] });
  await undoEdit(root, idle);
  expect(existsSync(join(root, '01_Assets/Styles/Noir/asset.json'))).toBe(false);
});

test('values that do not fit are refused with the field', async () => {
  const root = await textFilm();
  await addAsset(root, 'Ada');
  const set = (values: Record<string, string | string[]>) =>
    edit(root, { kind: 'setAsset', asset: 'Ada', values });
  await expect(set({ colour: 'red' })).rejects.toEqual(code('field-unknown'));
  await expect(set({ keywords: 'red' })).rejects.toEqual(code('value-invalid'));
  await expect(set({ references: ['../../x.png'] })).rejects.toEqual(code('value-invalid'));
  await expect(set({ references: ['missing.png'] })).rejects.toEqual(code('value-invalid'));
  const message = expect.stringMatching(
    /^references cannot be "a\.png, \.\.\/x\.png": must be a path/,
  ) as string;
  await expect(set({ references: ['a.png', '../x.png'] })).rejects.toMatchObject({ message });
  const wardrobe = [{ name: 'Booth', description: 'blue' }, { name: '' }];
  await expect(edit(root, { kind: 'setAsset', asset: 'Ada', values: { wardrobe } })).rejects.toMatchObject({
    message: 'wardrobe cannot be "Booth: blue; ": must have 1 to 200 characters',
  });
  await expect(set({ description: 'a'.repeat(20_001) })).rejects.toMatchObject({
    message: expect.stringMatching(/at most 20000 characters/) as string,
  });
  await expect(set({ name: ' ' })).rejects.toEqual(code('value-invalid'));
  await expect(edit(root, { kind: 'setAsset', asset: 'Nobody', values: {} })).rejects.toEqual(
    code('asset-nowhere'),
  );
});
