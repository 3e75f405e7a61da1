import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { auteur, type Ended, type Running } from '../cli/auteur.ts';
import { callOf, changesOf, spread, type Work } from './countedRun.ts';
import { startFaulty, strike, type FaultCase } from './faultCase.ts';
import type { DiskError } from './fault.ts';
import { recover, type Film } from './film.ts';
import { inspect } from './inspect.ts';
import type { DiskFaults } from './powerFailureCases.ts';

const codes = ['ENOSPC', 'EIO', 'EPERM'] as const;
/** What a job may say of a disk that refuses. */
const told = ['disk-full', 'no-permission', 'disk-failing'];
/** A call that waits for a disk to have room again is interrupted, as a person would. */
const patienceMs = 5_000;

/** A change of the disk is refused, once or from then on; the answer is one sentence, and nothing is lost. */
export function diskErrors({ times, seed }: DiskFaults): readonly FaultCase[] {
  return Array.from({ length: times }, (_, index) => {
    const code = codes[index % codes.length] ?? 'EIO';
    const work: Work = index % 4 === 3 ? 'edit' : 'takes';
    const lasts = index % 2 === 1;
    return {
      name: `${code} ${lasts ? 'that lasts' : 'once'}, ${index + 1} of ${times}, during ${work} (seed ${seed})`,
      run: async (films) => {
        const last = spread(index, times, await changesOf(films, work));
        return strike(films, last, (film, at) => {
          const report = join(film.home.root, 'refused');
          return refuse(film, work, { kind: 'error', root: film.root, at, code, lasts, report });
        });
      },
    };
  });
}

async function refuse(film: Film, work: Work, fault: DiskError): Promise<string | undefined> {
  const running = startFaulty(film, fault, callOf(work));
  const ended = await endingOf(running);
  if (!existsSync(fault.report)) {
    if (ended.code !== 0)
      throw new Error(`Nothing was refused, and it ended with ${String(ended.code)}: ${ended.stderr}`);
    return undefined;
  }
  requireWords(ended);
  await recover(film);
  await again(film, work);
  const { takes } = await inspect(film, { errors: told, cancelled: true });
  return `at change ${fault.at}: exit ${String(ended.code)}, ${takes} takes ${ended.stderr.split('\n').find((line) => line.startsWith('error')) ?? ''}`;
}

async function endingOf(running: Running): Promise<Ended> {
  const patience = new AbortController();
  const waited = delay(patienceMs, undefined, { signal: patience.signal }).then(
    () => running.child.kill('SIGINT'),
    () => false,
  );
  const ended = await running.ended;
  patience.abort();
  await waited;
  return ended;
}

function requireWords({ code, stdout, stderr }: Ended): void {
  if (code === 0 || code === 130) return;
  const said = stderr + stdout;
  const names = /(error|failed): .*played by a test/.test(said) && /then try again/.test(said);
  const isClear = code === 1 && names && !/\n\s+at /.test(said);
  if (!isClear) throw new Error(`It ended with ${String(code)} and said: ${said}`);
}

async function again(film: Film, work: Work): Promise<void> {
  const { code, stderr } = await auteur(film, ...callOf(work));
  if (code !== 0) throw new Error(stderr);
}
