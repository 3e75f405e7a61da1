import type { JSONPath } from 'jsonc-parser';
import { equalValues, isFields, isList, type Fields } from '../../domain/merge/equalValues.ts';
import { keyOfLists } from '../../domain/merge/listKeys.ts';
import type { JsonEdit } from '../jsonFile.ts';

/** The edits, one after the other, that make one value of JSON another, and leave alone what is the same in both. */
export function editsBetween(from: unknown, to: unknown, path: JSONPath = []): readonly JsonEdit[] {
  if (equalValues(from, to)) return [];
  if (isFields(from) && isFields(to)) return fieldEdits(from, to, path);
  const keyOf = isList(from) && isList(to) ? keyOfLists([from, to]) : undefined;
  if (isList(from) && isList(to) && keyOf !== undefined) return listEdits({ from, to, keyOf }, path);
  return [{ path, value: to }];
}

function fieldEdits(from: Fields, to: Fields, path: JSONPath): readonly JsonEdit[] {
  const removed = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  return [
    ...removed.map((name) => ({ path: [...path, name], value: undefined })),
    ...Object.keys(to).flatMap((name) => editsBetween(from[name], to[name], [...path, name])),
  ];
}

interface Lists {
  readonly from: readonly unknown[];
  readonly to: readonly unknown[];
  readonly keyOf: (member: unknown) => string;
}

function listEdits({ from, to, keyOf }: Lists, path: JSONPath): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  const left = [...from];
  const remove = (index: number): void => {
    edits.push({ path: [...path, index], value: undefined });
    left.splice(index, 1);
  };
  const insert = (index: number, value: unknown): void => {
    const isLast = index === left.length;
    edits.push(isLast ? { path: [...path, -1], value } : { path: [...path, index], value, insert: true });
    left.splice(index, 0, value);
  };
  const wanted = new Set(to.map(keyOf));
  for (let index = left.length - 1; index >= 0; index--) if (!wanted.has(keyOf(left[index]))) remove(index);
  for (const [index, member] of to.entries()) {
    const keys = left.map(keyOf);
    const at = keys.indexOf(keyOf(member), index);
    // One that goes back is taken out, so that not all behind it are moved.
    if (at === index + 1) remove(index);
    else if (at > index) {
      remove(at);
      insert(index, member);
    } else if (at === -1) insert(index, member);
  }
  return [...edits, ...to.flatMap((member, index) => editsBetween(left[index], member, [...path, index]))];
}
