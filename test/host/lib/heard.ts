import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type * as vscode from 'vscode';
import { drawnHolds } from './drawn.ts';
import { eventually } from './eventually.ts';
import { say } from './say.ts';

/** What the issue allows, in milliseconds after a bare watcher: every time, and in the median. */
const allowed = { everyTime: 500, median: 150 };

/** Calls back once a view has the news of this round. */
export type Follow = (round: number, seen: () => void) => vscode.Disposable;

/** A change that another program makes, and the views that are to show it, by what they are called. */
export interface Change {
  /** Absolute, how the path of what changes begins: a bare watcher of its folder is to hear of it. */
  readonly file: string;
  readonly views: Readonly<Record<string, Follow>>;
  readonly make: (round: number) => Promise<unknown>;
  readonly rounds?: number;
}

/** Milliseconds from the change until a bare watcher had news, and until each view had them. */
type Heard = Readonly<Record<string, number>>;

/** Follows a view until something that it draws anew holds the text of the round. */
export function drawing(view: vscode.Event<unknown>, news: (round: number) => string): Follow {
  return (round, seen) =>
    view((nodes) => {
      if (drawnHolds(nodes, news(round))) seen();
    });
}

export async function hear({ file, views, make }: Change, round: number): Promise<Heard> {
  const times = new Map<string, number>();
  const started = performance.now();
  const heard = (who: string): void => {
    if (!times.has(who)) times.set(who, performance.now() - started);
  };
  const watcher = watch(dirname(file), (_kind, name) => {
    if (name?.startsWith(basename(file)) === true) heard('bare');
  });
  const names = Object.keys(views);
  const listeners = Object.entries(views).map(([name, follow]) =>
    follow(round, () => {
      heard(name);
    }),
  );
  const all = (): Heard | undefined =>
    ['bare', ...names].every((who) => times.has(who)) ? Object.fromEntries(times) : undefined;
  try {
    await make(round);
    return await eventually(`news of ${file} in ${names.join(', ')}`, all, { withinMs: 10_000, everyMs: 5 });
  } finally {
    watcher.close();
    for (const listener of listeners) listener.dispose();
  }
}

/**
 * On a machine that is busy everything is late: what a bare watcher took is no fault of ours, and where something else had
 * the processor meanwhile, it is measured once more.
 */
export async function measure(what: string, change: Change): Promise<void> {
  const rounds = change.rounds ?? 6;
  for (let go = 0; ; go++) {
    const heard: Heard[] = [];
    for (let round = 1; round <= rounds; round++) heard.push(await hear(change, go * rounds + round));
    const late = Object.keys(change.views).flatMap((view) => lateIn(view, what, heard));
    if (late.length === 0) return;
    assert.ok(go < 2, late.join('; '));
  }
}

/** What a view took too long for, in words. */
function lateIn(view: string, what: string, heard: readonly Heard[]): readonly string[] {
  const times = heard.map((one) => ({ bare: one['bare'] ?? NaN, seen: one[view] ?? NaN }));
  const later = times.map(({ bare, seen }) => seen - bare).sort((a, b) => a - b);
  const median = later[Math.floor(later.length / 2)] ?? Infinity;
  const figures = times.map(({ bare, seen }) => `${bare.toFixed(0)}/${seen.toFixed(0)}`).join(' ');
  say(`${what}: bare watcher/${view} ${figures} ms; ${view} later by ${median.toFixed(0)} ms (median)`);
  const isInTime = later.every((ms) => ms < allowed.everyTime) && median <= allowed.median;
  return isInTime ? [] : [`${view}: ${figures}`];
}
