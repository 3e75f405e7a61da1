import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { start, type Ended, type Running } from '../cli/auteur.ts';
import { faultVariable, type Fault } from './fault.ts';
import { type Film, type FilmCopies } from './film.ts';

/** One fault and everything that must hold after it. */
export interface FaultCase {
  readonly name: string;
  /** Throws what does not hold; returns what is worth telling. */
  run(films: FilmCopies): Promise<string>;
}

/** So many of the last changes may not come. */
const changesMissed = 10;
const preload = pathToFileURL(join(import.meta.dirname, 'preload.ts')).href;

/** Starts the built `auteur` as one that will suffer the fault. */
export function startFaulty(film: Film, fault: Fault, args: readonly string[]): Running {
  const env = { ...film.env, NODE_OPTIONS: `--import=${preload}`, [faultVariable]: JSON.stringify(fault) };
  return start({ ...film, env }, args);
}

export function wasKilled({ child }: Running): boolean {
  return child.signalCode === 'SIGKILL';
}

export async function withFilm<T>(films: FilmCopies, work: (film: Film) => Promise<T>): Promise<T> {
  const film = await films.copy();
  try {
    return await work(film);
  } finally {
    await film.dispose();
  }
}

/**
 * Plays a fault at the change `last` of the disk. The order of changes is not the same each time, so the last ones may
 * not come: then the change before it is struck, until one is.
 * @param play returns undefined where the fault was not reached
 */
export async function strike(
  films: FilmCopies,
  last: number,
  play: (film: Film, at: number) => Promise<string | undefined>,
): Promise<string> {
  for (let at = last; at > Math.max(0, last - changesMissed); at--) {
    const said = await withFilm(films, (film) => play(film, at));
    if (said !== undefined) return said;
  }
  throw new Error(`No change of the disk came from ${last - changesMissed} to ${last}`);
}

export function requireKilled(running: Running, { code, stderr }: Ended): void {
  if (!wasKilled(running)) throw new Error(`It was not killed but ended with ${String(code)}: ${stderr}`);
}
