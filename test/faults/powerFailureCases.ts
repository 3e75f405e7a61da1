import { join } from 'node:path';
import { auteur } from '../cli/auteur.ts';
import { callOf, changesOf, spread, type Work } from './countedRun.ts';
import { requireKilled, startFaulty, strike, type FaultCase } from './faultCase.ts';
import { recover, type Film } from './film.ts';
import { inspect } from './inspect.ts';

export interface DiskFaults {
  /** How many, spread over all changes of the disk. */
  readonly times: number;
  readonly seed: number;
}

/** The power fails after a change of the disk; what was not forced to disk is lost in some combination. */
export function powerFailures({ times, seed }: DiskFaults): readonly FaultCase[] {
  const ofEdit = Math.ceil(times / 4);
  return [
    ...Array.from({ length: times - ofEdit }, (_, index) => ['takes', index, times - ofEdit] as const),
    ...Array.from({ length: ofEdit }, (_, index) => ['edit', index, ofEdit] as const),
  ].map(([work, index, cases]) => ({
    name: `power failure ${index + 1} of ${cases} during ${work} (seed ${seed + index})`,
    run: async (films) => {
      const last = spread(index, cases, await changesOf(films, work));
      return strike(films, last, (film, at) => fail(film, { work, at, seed: seed + index }));
    },
  }));
}

async function fail(
  film: Film,
  { work, at, seed }: { work: Work; at: number; seed: number },
): Promise<string | undefined> {
  const vault = join(film.home.root, 'vault');
  const running = startFaulty(film, { kind: 'power', root: film.root, at, seed, vault }, callOf(work));
  const ended = await running.ended;
  if (ended.code === 0) return undefined;
  requireKilled(running, ended);
  await recover(film);
  if (work === 'edit') await editAgain(film);
  const { takes } = await inspect(film, { errors: [] });
  return `after change ${at}: ${takes} takes`;
}

async function editAgain(film: Film): Promise<void> {
  const { code, stderr } = await auteur(film, ...callOf('edit'));
  if (code !== 0) throw new Error(stderr);
}
