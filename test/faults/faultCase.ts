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

const preload = pathToFileURL(join(import.meta.dirname, 'preload.ts')).href;

/** Starts the built `auteur` as one that will suffer the fault. */
export function startFaulty(film: Film, fault: Fault, args: readonly string[]): Running {
  const env = { NODE_OPTIONS: `--import=${preload}`, [faultVariable]: JSON.stringify(fault) };
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

export function requireKilled(running: Running, { code, stderr }: Ended): void {
  if (!wasKilled(running)) throw new Error(`It was not killed but ended with ${String(code)}: ${stderr}`);
}
