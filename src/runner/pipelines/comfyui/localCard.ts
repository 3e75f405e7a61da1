import { hostname, networkInterfaces } from 'node:os';
import type { Card } from '../../../core/ports/jobQueue.ts';
import type { SystemStats } from './answers.ts';

/** Whether a server is a program of this machine, as far as its address tells; one behind a tunnel looks so, too. */
export function isOnThisMachine(server: string): boolean {
  const host = new URL(server).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (/^127\.|^localhost$|\.localhost$|^::1?$|^0\.0\.0\.0$/.test(host)) return true;
  if (host === hostname().toLowerCase()) return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some(({ address }) => address === host);
}

/**
 * How much of a card of this machine a server wants: all of the one it runs on, as nobody knows what it leaves there; 0
 * where it runs on none.
 */
export function megabytesOf(stats: SystemStats | undefined, cards: readonly Card[]): number {
  const own = stats?.devices.find(({ type }) => type !== 'cpu');
  if (stats !== undefined && own === undefined) return 0;
  // "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync"
  const named = cards.filter(({ name }) => own?.name?.includes(name) === true);
  return Math.max(0, ...(named.length > 0 ? named : cards).map(({ vramMb }) => vramMb));
}
