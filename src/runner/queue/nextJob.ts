import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { JobId } from '../../core/model/ids.ts';
import type { Capacity, Card } from '../../core/ports/jobQueue.ts';
import type { Roots } from './jobTable.ts';
import { dueNow, heldLanes, isDue, type Lane } from './lanes.ts';
import { statement } from './statements.ts';
import { firstWaitingAlone } from './waitingAlone.ts';
import { byTurn, inOrder, waitingForCard, waitingWithoutCard } from './waiting.ts';

const Candidate = z.object({
  id: JobId,
  seq: z.int(),
  priority: z.int(),
  place: z.number(),
  vram: z.int(),
  device: z.string().nullable(),
  alone: z.int(),
});
type Candidate = z.infer<typeof Candidate>;

/** What a look at the queue has found. */
interface Found {
  readonly next: NextJob | undefined;
  /** A job that is next, and waits until no other uses a card. */
  readonly waitsAlone: JobId | undefined;
}

/** The job that is to run next, and the card it runs on. */
export interface NextJob {
  readonly id: JobId;
  readonly card?: string;
}

interface Placed extends NextJob {
  readonly candidate: Candidate;
}

const columns = 'id, seq, priority, place, vram, device, alone';

/** Of what can run now, what comes first in the queue. */
export function nextJob(database: DatabaseSync, roots: Roots, capacity: Capacity): Found {
  const look = new Look(database, roots);
  const found = [...(capacity.cpu > 0 ? look.withoutCard() : []), ...look.onCards(capacity.cards)];
  const [next] = found.sort((a, b) => byTurn(a.candidate, b.candidate));
  return { next, waitsAlone: look.waitsAlone };
}

/** One look at what waits in the projects of a process. */
class Look {
  readonly #database: DatabaseSync;
  readonly #ours: string;
  readonly #values: readonly SQLInputValue[];
  waitsAlone: JobId | undefined;

  constructor(database: DatabaseSync, roots: Roots) {
    this.#database = database;
    // The plus keeps the index of projects out: it would put thousands of rows in order to take the first.
    this.#ours = roots === 'all' ? isDue : `${isDue} AND +project_root IN (SELECT value FROM json_each(?))`;
    this.#values = roots === 'all' ? dueNow() : [...dueNow(), JSON.stringify(roots)];
  }

  withoutCard(): readonly Placed[] {
    return this.#first(waitingWithoutCard).map((candidate) => ({ id: candidate.id, candidate }));
  }

  onCards(cards: readonly Card[]): readonly Placed[] {
    if (cards.length === 0 || !this.#wantsCards()) return [];
    const lanes = heldLanes(this.#database);
    if (lanes.some(({ status, alone }) => status === 'running' && alone === 1)) return [];
    // The smallest that suffices, so that the larger ones stay free for what needs them.
    const sorted = cards.toSorted((a, b) => a.vramMb - b.vramMb);
    const kept = sorted.flatMap((card) => this.#keptFor(card, lanes));
    const alone = firstWaitingAlone(this.#database);
    const isInTurn = ({ candidate }: Placed): boolean => alone === undefined || byTurn(candidate, alone) <= 0;
    const loner = this.#loner(sorted, lanes);
    if (loner !== undefined) return [...kept, ...loner.filter(isInTurn)];
    const isFree = ({ id }: Card): boolean =>
      ![...lanes, ...kept.map(({ card }) => ({ device: card }))].some(({ device }) => device === id);
    const known = JSON.stringify(cards.map(({ id }) => id));
    const free = sorted.filter(isFree).flatMap((card) => {
      const fits = `${waitingForCard} AND vram <= ? AND alone = 0 AND ${notKept}`;
      return this.#first(fits, card.vramMb, known).map((candidate) => placed(candidate, card));
    });
    return [...kept, ...free.filter(isInTurn)];
  }

  #wantsCards(): boolean {
    return this.#first(waitingForCard).length > 0;
  }

  /** What an earlier attempt started on this card may still run there: nothing else comes before it. */
  #keptFor(card: Card, lanes: readonly Lane[]): readonly Placed[] {
    return this.#first(`${waitingForCard} AND device = ? AND alone = 0`, card.id)
      .filter(({ seq }) => !lanes.some((lane) => lane.device === card.id && lane.seq !== seq))
      .map((candidate) => placed(candidate, card));
  }

  /**
   * The job that is to have all cards for itself, if it is next: it starts when the last other one has ended, and until
   * then none begins. Undefined where another is next.
   */
  #loner(cards: readonly Card[], lanes: readonly Lane[]): readonly Placed[] | undefined {
    const largest = cards.at(-1)?.vramMb ?? 0;
    const [first] = this.#first(`${waitingForCard} AND vram <= ?`, largest);
    if (first?.alone !== 1) return undefined;
    const fitting = cards.filter(({ vramMb }) => vramMb >= first.vram);
    const card = fitting.find(({ id }) => id === first.device) ?? fitting[0];
    if (card === undefined) return [];
    if (!lanes.some(({ seq }) => seq !== first.seq)) return [placed(first, card)];
    this.waitsAlone = first.id;
    return [];
  }

  #first(waiting: string, ...values: readonly SQLInputValue[]): readonly Candidate[] {
    const sql = `SELECT ${columns} FROM ${waiting} AND ${this.#ours} ${inOrder} LIMIT 1`;
    const row = statement(this.#database, sql).get(...values, ...this.#values);
    return row === undefined ? [] : [Candidate.parse(row)];
  }
}

/** A card that is not there any more is kept for nobody. With `?`: the cards there are. */
const notKept = '(device IS NULL OR device NOT IN (SELECT value FROM json_each(?)))';

function placed(candidate: Candidate, card: Card): Placed {
  return { id: candidate.id, card: card.id, candidate };
}
