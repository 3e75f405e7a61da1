import { setTimeout as delay } from 'node:timers/promises';
import { releaseGitLocks } from '../faults/gitLocks.ts';
import type { Crew } from './crew.ts';
import type { Stage } from './stage.ts';

export type Mishap =
  | 'runner killed'
  | 'runner killed with its Git'
  | 'container killed'
  | 'engine stopped and started'
  | 'ComfyUI restarted';

/** Of a hundred. */
const shares: readonly (readonly [Mishap, number])[] = [
  ['runner killed', 27],
  ['runner killed with its Git', 8],
  ['container killed', 50],
  ['engine stopped and started', 9],
  ['ComfyUI restarted', 6],
];
const pauseMs = { least: 200, most: 2_600 };
/** A lock that has lain there for so long is that of a Git that was killed. */
const lyingMs = 12_000;
const awayMs = { least: 200, most: 4_000 };

/** What goes wrong on a machine, one thing after another, until it is told to end. */
export class Mishaps {
  readonly #stage: Stage;
  readonly #crew: Crew;
  readonly #random: () => number;
  readonly counts = new Map<Mishap, number>();

  constructor(stage: Stage, crew: Crew, random: () => number) {
    this.#stage = stage;
    this.#crew = crew;
    this.#random = random;
  }

  async until(signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.#between(pauseMs));
      if (signal.aborted) return;
      await releaseGitLocks(this.#stage.film, lyingMs);
      const mishap = this.#choose();
      if (await this.#play(mishap)) this.counts.set(mishap, (this.counts.get(mishap) ?? 0) + 1);
    }
  }

  #choose(): Mishap {
    let rest = this.#random() * shares.reduce((sum, [, share]) => sum + share, 0);
    return shares.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'runner killed';
  }

  /** Whether it came about. */
  async #play(mishap: Mishap): Promise<boolean> {
    switch (mishap) {
      case 'runner killed':
        await this.#crew.killOne(this.#random(), false);
        return true;
      case 'runner killed with its Git':
        await this.#crew.killOne(this.#random(), true);
        return true;
      case 'container killed':
        return this.#killContainer();
      case 'engine stopped and started':
        await this.#stage.engine.stop();
        await delay(this.#between(awayMs));
        if (this.#random() < 0.5) await this.#crew.killOne(this.#random(), false);
        await this.#stage.engine.start();
        return true;
      case 'ComfyUI restarted':
        await this.#stage.comfy.restart();
        return true;
    }
  }

  async #killContainer(): Promise<boolean> {
    const { engine } = this.#stage;
    const ids = (await engine.docker('ps', '-q')).split('\n').filter(Boolean);
    const id = ids[Math.floor(this.#random() * ids.length)];
    if (id === undefined) return false;
    return engine.docker('kill', id).then(
      () => true,
      // It has ended a moment before.
      (error: unknown) => {
        if (/is not running|No such container/.test(String(error))) return false;
        throw error;
      },
    );
  }

  #between({ least, most }: { readonly least: number; readonly most: number }): number {
    return least + this.#random() * (most - least);
  }
}
