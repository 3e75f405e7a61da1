import { once } from 'node:events';
import { start, type Running } from '../cli/auteur.ts';
import type { Film } from '../faults/film.ts';
import { descendantsOf, killNow, untilEnded } from '../faults/kill.ts';

/** Runners of one machine: each that is killed is followed by another. */
export class Crew {
  readonly #film: Film;
  readonly #all: Running[] = [];
  #runners: Running[] = [];

  private constructor(film: Film) {
    this.#film = film;
  }

  static start(film: Film, size: number): Crew {
    const crew = new Crew(film);
    crew.#runners = Array.from({ length: size }, () => crew.#hire());
    return crew;
  }

  /** @throws Error where one has ended by itself: it was to run until it is stopped */
  requireAlive(): void {
    const gone = this.#runners.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
    if (gone !== undefined) throw new Error(`A runner ended by itself: ${String(gone.child.exitCode)}`);
  }

  /** Ends one as a crash does, with or without the programs it has started, and puts another in its place. */
  async killOne(which: number, withChildren: boolean): Promise<void> {
    const index = Math.floor(which * this.#runners.length);
    const victim = this.#runners[index];
    const pid = victim?.child.pid;
    if (victim === undefined || pid === undefined) throw new Error('There is no runner.');
    const children = withChildren ? descendantsOf(pid) : [];
    // From here on it is none of those that must not end.
    this.#runners.splice(index, 1);
    killNow([...children, pid]);
    await untilEnded(children);
    await victim.ended;
    this.#runners.push(this.#hire());
  }

  /** Asks all to stop, as Ctrl+C does, and waits until they have. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#runners.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'close');
        child.kill('SIGINT');
        await ended;
      }),
    );
  }

  /** What all of them have said, one after another, once they have ended. */
  async said(): Promise<string> {
    const texts = await Promise.all(this.#all.map(({ ended }) => ended));
    return texts.map(({ stdout, stderr }, index) => `--- runner ${index + 1}\n${stdout}${stderr}`).join('\n');
  }

  #hire(): Running {
    const runner = start(this.#film, ['worker', '--verbose']);
    this.#all.push(runner);
    return runner;
  }
}
