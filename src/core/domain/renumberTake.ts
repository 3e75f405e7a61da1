import type { MediaFile, Take } from '../model/take.ts';
import { parseTakeFileName, takeMediaNames } from './numbering.ts';

/** `S01_S02_take03.json` → `S01_S02`; undefined for a file that is none of a take. */
export function prefixOf(name: string): string | undefined {
  return parseTakeFileName(name) === undefined ? undefined : /^(S\d+_S\d+)_take/.exec(name)?.[1];
}

/** The same take under another number, with the names its files then have. */
export function renumberTake(take: Take, prefix: string, number: number): Take {
  const extensions = take.files.map(({ name }) => /\.([A-Za-z0-9]+)$/.exec(name)?.[1] ?? 'bin');
  const names = takeMediaNames(prefix, number, extensions);
  const files = take.files.map((file, index): MediaFile => ({ ...file, name: names[index] ?? file.name }));
  return { ...take, number, files };
}

/** Of takes that claim one number, in the order in which they keep it: the same wherever the branches are merged. */
export function byClaim(one: Take, other: Take): number {
  return compare(one.finished, other.finished) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
