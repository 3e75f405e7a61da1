import { isFields, isList } from './equalValues.ts';

type KeyOf = (member: unknown) => string | undefined;

const kinds: readonly KeyOf[] = [
  (member) => (typeof member === 'string' ? member : undefined),
  (member) => textOf(member, 'id'),
  // A beat that was never edited has no id yet.
  (member) => textOf(member, 'name'),
];

function textOf(member: unknown, field: string): string | undefined {
  const value = isFields(member) ? member[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * What tells the members of some lists apart: their id, else their name, or they are words themselves.
 * Undefined where one of the lists has a member without it, or two with the same: such a list is one value.
 */
export function keyOfLists(
  lists: readonly (readonly unknown[])[],
): ((member: unknown) => string) | undefined {
  const keyOf = kinds.find((kind) => lists.every((list) => isKeyed(list, kind)));
  return keyOf && ((member) => keyOf(member) ?? '');
}

function isKeyed(list: readonly unknown[], keyOf: KeyOf): boolean {
  const keys = list.map(keyOf);
  return !keys.includes(undefined) && new Set(keys).size === keys.length;
}

/** The lists among some values, where all of them that are there are lists. */
export function listsAmong(values: readonly unknown[]): readonly (readonly unknown[])[] | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.every(isList) ? there : undefined;
}
