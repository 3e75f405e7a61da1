import { dirname, join } from 'node:path';
import { announceFiles, type Announced } from '../announcedWrites.ts';
import { makeFolderDurably } from '../atomicFile.ts';
import type { OpOf } from '../edits/filmOp.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { sha256Of } from '../sha256.ts';
import { filesBelow, isSameFile, moveWhole, removeEmptyAbove } from './mediaStep.ts';
import type { Obstacle } from './refusal.ts';

/** A folder or file of an asset on its way from one place in the film to another. */
export interface RelocationStep extends OpOf<'relocate'> {
  /** What goes with it, by the old names and then by the new ones, relative to the project. */
  readonly files: readonly string[];
}

/** A film as an edit will leave it. */
interface Draft {
  readonly root: string;
  holds(path: string): Promise<boolean>;
}

/** What an edit takes from one place to another, in the order in which it does. */
export class Relocations {
  readonly #steps = new Map<string, RelocationStep>();

  /** @returns under which key the step is; undefined where there is nothing to take */
  async add(root: string, op: OpOf<'relocate'>): Promise<string | undefined> {
    const now = this.before(op.from);
    const absolute = await resolveInside(root, now);
    const kind = await kindOf(absolute);
    if (kind !== 'file' && kind !== 'folder') return undefined;
    const inner = kind === 'file' ? [''] : await filesBelow(absolute, '');
    const files = [op.from, op.to].flatMap((start) => inner.map((name) => `${start}${name}`));
    const key = `${op.from}\0${op.to}`;
    this.#steps.set(key, { ...op, files });
    return key;
  }

  step(key: string): RelocationStep | undefined {
    return this.#steps.get(key);
  }

  /** Where what will be at a path is as long as nothing is written. */
  before(path: string): string {
    return [...this.#steps.values()].reduceRight<string>(
      (now, { from, to }) => replaceStart(now, to, from) ?? now,
      path,
    );
  }

  /** Whether something comes to a path or goes from it; undefined where nothing does. */
  holds(path: string): boolean | undefined {
    const last = [...this.#steps.values()].findLast(({ from, to }) => from === path || to === path);
    return last && last.to === path;
  }
}

function replaceStart(path: string, start: string, by: string): string | undefined {
  if (path === start) return by;
  return path.startsWith(`${start}/`) ? `${by}${path.slice(start.length)}` : undefined;
}

/** Told at once, before the first of them moves. */
export function announceRelocations(root: string, steps: readonly RelocationStep[]): Promise<void> {
  return announceFiles(async () => {
    const announced: Announced[] = [];
    for (const { files } of steps) {
      const half = files.length / 2;
      for (const [index, old] of files.slice(0, half).entries()) {
        const path = join(root, old);
        announced.push({ path, sha256: undefined });
        announced.push({ path: join(root, files[half + index] ?? old), sha256: await sha256Of(path) });
      }
    }
    return announced;
  });
}

/** @throws AuteurError `file-changed` where the place it goes to is taken */
export async function carryRelocation(root: string, { from, to }: RelocationStep): Promise<void> {
  const [source, target] = [await resolveInside(root, from), await resolveInside(root, to)];
  await makeFolderDurably(dirname(target));
  await moveWhole(source, target, to);
  await removeEmptyAbove(root, source);
}

/** Whether it is where it comes from, and nothing is where it goes. */
export async function canRelocate(draft: Draft, op: OpOf<'relocate'>): Promise<boolean> {
  const { from, to } = op;
  if (!(await draft.holds(from))) return false;
  return !(await draft.holds(to)) || (await isCutShort(draft, op));
}

/** A move of one file that a crash has cut short left it in both places. */
async function isCutShort({ root }: Draft, { from, to }: OpOf<'relocate'>): Promise<boolean> {
  return isSameFile(await resolveInside(root, from), await resolveInside(root, to));
}

export async function againstRelocation(draft: Draft, op: OpOf<'relocate'>): Promise<Obstacle | undefined> {
  const { from, to } = op;
  if (!(await draft.holds(from))) return { is: 'gone', what: from, path: from };
  return (await canRelocate(draft, op)) ? undefined : { is: 'taken', what: to, path: to };
}
