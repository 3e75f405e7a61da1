import { Take } from '../../model/take.ts';
import { editJsonText } from '../jsonFile.ts';
import { parseJsonText } from '../jsonText.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { inTrash, isTrash } from '../trash.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { OpOf } from './filmOp.ts';

/** The take that a sidecar's text tells of; undefined where it cannot be read. */
export function takeIn(text: string | undefined): Take | undefined {
  const json = text === undefined ? undefined : parseJsonText(text);
  return json !== undefined && 'value' in json ? Take.safeParse(json.value).data : undefined;
}

export async function applyMark(draft: FilmDraft, { path, take, to }: OpOf<'mark'>): Promise<boolean> {
  const text = await draft.text(path);
  if (text === undefined || takeIn(text)?.id !== take) return false;
  await draft.setText({ op: 'file', path, to: editJsonText(text, [{ path: ['deleted'], value: to }]) });
  return true;
}

export async function isMarked(draft: FilmDraft, { path, take, to }: OpOf<'mark'>): Promise<boolean> {
  const found = takeIn(await draft.text(path));
  return found?.id === take && (found.deleted === undefined) === (to === undefined);
}

/** Where the media of a take lie now, of those that the change is about. */
export async function mediaPlaces(
  draft: FilmDraft,
  { take, folder, names }: OpOf<'media'>,
): Promise<readonly { readonly name: string; readonly inFolder: boolean; readonly inTrash: boolean }[]> {
  const hasTrash = await isTrash(draft.root, take);
  return Promise.all(
    names.map(async (name) => ({
      name,
      inFolder: (await kindOf(await resolveInside(draft.root, `${folder}/${name}`))) === 'file',
      inTrash: hasTrash && (await kindOf(inTrash(draft.root, take, name))) === 'file',
    })),
  );
}

export async function applyMedia(draft: FilmDraft, op: OpOf<'media'>): Promise<boolean> {
  const places = await mediaPlaces(draft, op);
  for (const { name, inFolder, inTrash } of places) {
    const isThere = op.to === 'trash' ? inFolder : inTrash;
    if (isThere) draft.moveMedia(`${op.folder}/${name}`, { take: op.take, name, to: op.to });
  }
  return true;
}

export async function isMoved(draft: FilmDraft, op: OpOf<'media'>): Promise<boolean> {
  const places = await mediaPlaces(draft, op);
  return places.every(({ inFolder, inTrash }) => (op.to === 'trash' ? !inFolder : !inTrash));
}
