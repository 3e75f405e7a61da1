import type { Card } from '../../core/ports/jobQueue.ts';
import type { JobRow } from './jobRow.ts';

export interface CardInUse {
  readonly card: Card;
  readonly holder?: { readonly seq: number; readonly alone: boolean; readonly address: string };
}

type Waiting = Pick<JobRow, 'vram' | 'alone' | 'seq'>;

/** Why a job that needs a card waits; undefined where a card is free for it. */
export function waitingOnCards(
  { vram, alone, seq }: Waiting,
  cards: readonly CardInUse[],
): string | undefined {
  const needs = `It needs ${gigabytes(vram)}`;
  const [largest] = cards.toSorted((a, b) => b.card.vramMb - a.card.vramMb);
  if (largest === undefined) return `${needs} of graphics memory, and no graphics card was found here.`;
  if (largest.card.vramMb < vram)
    return `${needs}, and the largest card here, ${largest.card.name}, has ${gigabytes(largest.card.vramMb)}.`;
  const fitting = cards.filter(({ card }) => card.vramMb >= vram);
  const inUse = cards.filter(({ holder }) => holder !== undefined && holder.seq !== seq);
  if (alone === 1) return afterOutOfMemory(inUse);
  const loner = inUse.find(({ holder }) => holder?.alone === true);
  if (loner !== undefined) return `${needs}; ${loner.holder?.address ?? ''} has the cards for itself.`;
  const held = fitting.filter((one) => inUse.includes(one));
  return held.length < fitting.length ? undefined : `${needs}; ${held.map(state).join(', ')}.`;
}

function afterOutOfMemory(inUse: readonly CardInUse[]): string {
  const others = inUse.map(({ holder }) => holder?.address ?? '').join(', ');
  const why = 'The card ran out of memory, so it is tried again alone';
  return others === '' ? `${why}.` : `${why}, after ${others}.`;
}

function state({ card, holder }: CardInUse): string {
  const free = card.freeMb === undefined ? '' : ` has ${gigabytes(card.freeMb)} free and`;
  return `${card.name}${free} is held by ${holder?.address ?? ''}`;
}

/** Whole, where it is nearly so: cards keep some of their memory for themselves. */
function gigabytes(megabytes: number): string {
  const exact = megabytes / 1024;
  const whole = Math.round(exact);
  return `${Math.abs(exact - whole) < 0.15 ? whole : exact.toFixed(1)} GB`;
}
