import { slateCode } from '../../model/address.ts';
import { isFields, isList, isRecord, type Fields } from './equalValues.ts';
import type { Texts } from './settleMoves.ts';

/** A chapter, a scene or a shot of the other branch that has got another number. */
export interface NewNumber {
  readonly what: Numbered['what'];
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

interface Numbered {
  readonly what: 'chapter' | 'scene' | 'shot';
  readonly holder: Record<string, unknown>;
  readonly counter: string;
  readonly members: readonly Record<string, unknown>[];
}

/**
 * Where both branches gave one number, what came from the other branch gets the next one, and a shot a folder of its own.
 * Changes the texts, which must be a copy.
 */
export function giveNumbers(texts: Texts, ours: Texts): readonly NewNumber[] {
  const given: NewNumber[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const before = numberedIn(ours[path]);
    for (const [index, numbered] of numberedIn(text).entries())
      given.push(...giveIn(numbered, idsOf(before[index]?.members ?? [])));
  }
  giveFolders(texts, idsOf(Object.values(ours).flatMap((text) => membersAt(text, 'shots'))));
  return given;
}

function giveIn(
  { what, holder, counter, members }: Numbered,
  known: ReadonlySet<unknown>,
): readonly NewNumber[] {
  const given: NewNumber[] = [];
  const taken = new Set(members.filter(({ id }) => known.has(id)).map(numberOf));
  for (const member of members.filter(({ id }) => !known.has(id))) {
    const from = numberOf(member);
    if (taken.has(from)) {
      const to = Math.max(Number(holder[counter]) || 1, ...members.map((one) => numberOf(one) + 1));
      member['number'] = to;
      holder[counter] = to + 1;
      given.push({ what, id: String(member['id']), from, to });
    }
    taken.add(numberOf(member));
  }
  return given;
}

function idsOf(members: readonly Fields[]): ReadonlySet<unknown> {
  return new Set(members.map(({ id }) => id));
}

/** Takes of two shots must not lie in one folder. */
function giveFolders(texts: Texts, known: ReadonlySet<unknown>): void {
  const shots = Object.values(texts).flatMap((text) => membersAt(text, 'shots'));
  const taken = new Set(shots.filter(({ id }) => known.has(id)).map(({ folder }) => folder));
  for (const shot of shots.filter(({ id }) => !known.has(id))) {
    const { folder } = shot;
    if (taken.has(folder) && typeof folder === 'string')
      shot['folder'] = folder.replace(/Shot_\d+$/, `Shot_${slateCode(numberOf(shot))}`);
    taken.add(shot['folder']);
  }
}

function numberedIn(text: unknown): readonly Numbered[] {
  if (!isRecord(text)) return [];
  const { narrative } = text;
  const shots: Numbered = {
    what: 'shot',
    holder: text,
    counter: 'nextNumber',
    members: membersAt(text, 'shots'),
  };
  if (!isRecord(narrative)) return [shots];
  const chapters = membersAt(narrative, 'chapters');
  const scenes = chapters.flatMap((chapter) => membersAt(chapter, 'scenes'));
  return [
    { what: 'chapter', holder: narrative, counter: 'nextNumber', members: chapters },
    { what: 'scene', holder: narrative, counter: 'nextSceneNumber', members: scenes },
  ];
}

function membersAt(holder: unknown, name: string): readonly Record<string, unknown>[] {
  const members = isFields(holder) ? holder[name] : undefined;
  return isList(members) ? members.filter(isRecord).filter((one) => typeof one['number'] === 'number') : [];
}

function numberOf({ number }: Fields): number {
  return typeof number === 'number' ? number : 0;
}
