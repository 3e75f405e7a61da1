import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFaulty, withFilm } from './faultCase.ts';
import type { FilmCopies } from './film.ts';

/** What a fault is played into: generating takes, or an edit of a shot list. */
export type Work = 'takes' | 'edit';

const calls: Record<Work, readonly string[]> = {
  takes: ['generate', '01/01/01', '01/01/02'],
  edit: ['add', 'shot', '01/01', 'A shot in bad weather'],
};

export function callOf(work: Work): readonly string[] {
  return calls[work];
}

const counted = new WeakMap<FilmCopies, Map<Work, Promise<number>>>();

/** How often this work changes the disk when nothing fails; found out once. */
export function changesOf(films: FilmCopies, work: Work): Promise<number> {
  const known = counted.get(films) ?? new Map<Work, Promise<number>>();
  counted.set(films, known);
  const count = known.get(work) ?? countChanges(films, work);
  known.set(work, count);
  return count;
}

function countChanges(films: FilmCopies, work: Work): Promise<number> {
  return withFilm(films, async (film) => {
    const report = join(film.home.root, 'changes');
    const { ended } = startFaulty(film, { kind: 'count', root: film.root, report }, callOf(work));
    const { code, stderr } = await ended;
    if (code !== 0) throw new Error(stderr);
    return Number(await readFile(report, 'utf8'));
  });
}

/** Spreads so many cases over all changes, the first and the last included. */
export function spread(index: number, cases: number, changes: number): number {
  return 1 + Math.round((index * (changes - 1)) / Math.max(1, cases - 1));
}
