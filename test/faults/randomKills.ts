import { setTimeout as delay } from 'node:timers/promises';
import { auteur, start, type Running } from '../cli/auteur.ts';
import { GenerateReply } from '../cli/shapes.ts';
import { wasKilled, withFilm, type FaultCase } from './faultCase.ts';
import { recover, type Film } from './film.ts';
import { releaseGitLocks } from './gitLocks.ts';
import { inspect } from './inspect.ts';
import { descendantsOf, killNow, untilEnded } from './kill.ts';
import { seeded } from './seeded.ts';

/** A film grows through so many kills before the next one begins. */
const killsPerFilm = 20;
const atOnce = 3;

export interface RandomKills {
  readonly kills: number;
  readonly seed: number;
}

/** Three at a time generate on one film and are killed at random moments; what they left is taken up and looked at. */
export function randomKills({ kills, seed }: RandomKills): readonly FaultCase[] {
  const films = Math.ceil(kills / killsPerFilm);
  return Array.from({ length: films }, (_, index) => {
    const wanted = Math.min(killsPerFilm, kills - index * killsPerFilm);
    const name = `${wanted} kills at random moments (seed ${seed + index})`;
    return { name, run: (copies) => withFilm(copies, (film) => killOften(film, wanted, seed + index)) };
  });
}

async function killOften(film: Film, wanted: number, seed: number): Promise<string> {
  const random = seeded(seed);
  const started = performance.now();
  await auteur(film, 'generate', '01/01/01');
  const whole = performance.now() - started;
  let killed = 0;
  let takes = 0;
  let endedFirst = 0;
  while (killed < wanted) {
    const victims = Math.min(atOnce, wanted - killed);
    const fates = await Promise.all(Array.from({ length: victims }, () => killOne(film, random, whole)));
    killed += fates.filter(Boolean).length;
    endedFirst += fates.filter((fate) => !fate).length;
    await releaseGitLocks(film);
    await recover(film);
    ({ takes } = await inspect(film, { errors: ['job-killed-runner'] }));
  }
  const { stdout } = await auteur(film, 'validate');
  if (!stdout.startsWith('No problems')) throw new Error(stdout);
  return `${killed} killed, ${endedFirst} ended first, ${takes} takes`;
}

/** Whether it was killed before it ended by itself. */
async function killOne(film: Film, random: () => number, whole: number): Promise<boolean> {
  const shot = random() < 0.5 ? '01/01/01' : '01/01/02';
  const takes = String(1 + Math.floor(random() * 2));
  const running = start(film, ['generate', shot, '--takes', takes, '--json']);
  const withGit = random() < 0.5;
  await Promise.race([delay(random() * whole * 1.5), running.ended]);
  const { pid } = running.child;
  if (pid !== undefined && running.child.exitCode === null) {
    const started = descendantsOf(pid);
    killNow([...(withGit ? started : []), pid]);
    await untilEnded(started);
  }
  return ending(film, running);
}

/** What a call has printed before its end is a promise like any other. */
async function ending(film: Film, running: Running): Promise<boolean> {
  const { stdout } = await running.ended;
  if (wasKilled(running)) return true;
  const { failed } = GenerateReply.parse(JSON.parse(stdout));
  const strange = failed.filter(({ error }) => error.code !== 'job-killed-runner');
  if (strange.length > 0) throw new Error(`${film.root}: ${JSON.stringify(strange)}`);
  return false;
}
