import { Take } from '../../model/take.ts';
import { editJsonText } from '../jsonFile.ts';
import { parseJsonText } from '../jsonText.ts';
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
