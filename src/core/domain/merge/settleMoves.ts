import { isFields, type Fields } from './equalValues.ts';
import type { ValueMerge } from './mergeValues.ts';

/** Values of the film's JSON files by their path. */
export type Texts = Readonly<Record<string, unknown>>;

export interface TextVersions {
  readonly base: Texts;
  readonly ours: Texts;
  readonly theirs: Texts;
}

/** A list; members may move to another one of the same family. */
interface Home {
  readonly family: 'shots' | 'scenes' | 'assets';
  readonly name: string;
  readonly members: unknown[];
}

interface Found {
  readonly home: Home;
  readonly member: Fields;
}

/**
 * Prepares a merge in which a shot, a scene or an asset has moved to another list: it then stands, merged, in the list
 * it was moved to, and in no version anywhere else. Without this it would come back where the other side changed it.
 */
export function settleMoves(versions: TextVersions, merge: ValueMerge): TextVersions {
  const sides = structuredClone(versions);
  const found = { base: membersOf(sides.base), ours: membersOf(sides.ours), theirs: membersOf(sides.theirs) };
  for (const [key, ours] of found.ours) {
    const theirs = found.theirs.get(key);
    if (theirs === undefined || theirs.home.name === ours.home.name) continue;
    const base = found.base.get(key);
    const path = [ours.home.family, { key: idOf(ours.member) ?? '' }];
    const value = merge.merge({ base: base?.member, ours: ours.member, theirs: theirs.member }, path);
    const isOnlyTheirs = base?.home.name === ours.home.name;
    if (!isOnlyTheirs && base?.home.name !== theirs.home.name) {
      const [here, there] = [ours.home.name, theirs.home.name];
      merge.disagreements.push({ kind: 'value', path: [...path, 'place'], ours: here, theirs: there });
    }
    const [winner, loser] = isOnlyTheirs ? [theirs, ours] : [ours, theirs];
    replace(winner, value);
    for (const one of base === undefined ? [loser] : [loser, base]) replace(one);
  }
  return sides;
}

function replace({ home, member }: Found, ...values: readonly unknown[]): void {
  const index = home.members.indexOf(member);
  if (index !== -1) home.members.splice(index, 1, ...values);
}

/** Each that stands just once; of one that stands twice nobody knows which has moved. */
function membersOf(texts: Texts): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const twice = new Set<string>();
  for (const home of homesOf(texts)) {
    for (const member of home.members) {
      const id = idOf(member);
      if (id === undefined || !isFields(member)) continue;
      const key = `${home.family} ${id}`;
      if (found.has(key)) twice.add(key);
      found.set(key, { home, member });
    }
  }
  for (const key of twice) found.delete(key);
  return found;
}

function homesOf(texts: Texts): readonly Home[] {
  return Object.entries(texts).flatMap(([path, text]): readonly Home[] => {
    if (!isFields(text)) return [];
    const homes = [homeOf('shots', path, text['shots'])];
    const { narrative, assets } = text;
    const chapters = isFields(narrative) ? narrative['chapters'] : undefined;
    for (const chapter of Array.isArray(chapters) ? chapters : []) {
      const fields: unknown = chapter;
      if (isFields(fields)) homes.push(homeOf('scenes', idOf(fields) ?? '', fields['scenes']));
    }
    for (const [category, refs] of Object.entries(isFields(assets) ? assets : {}))
      homes.push(homeOf('assets', category, refs));
    return homes.flatMap((home) => home ?? []);
  });
}

function homeOf(family: Home['family'], name: string, members: unknown): Home | undefined {
  return Array.isArray(members) ? { family, name, members } : undefined;
}

function idOf(member: unknown): string | undefined {
  const id = isFields(member) ? member['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
