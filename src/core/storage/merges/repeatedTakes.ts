import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { byClaim, prefixOf, renumberTake } from '../../domain/renumberTake.ts';
import { AuteurError } from '../../errors.ts';
import type { RelativePath } from '../../model/relativePath.ts';
import { Take } from '../../model/take.ts';
import { moveExclusively, syncFolder } from '../atomicFile.ts';
import { contentHash } from '../fileHashes.ts';
import { readOwnJsonFile } from '../jsonFile.ts';
import { isThere, readFolder } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import { claimTake } from '../takes.ts';
import type { Renumbered } from '../../protocol/fixedTakes.ts';

interface Sidecar {
  readonly name: string;
  readonly take: Take;
}

/** Every sidecar of a folder, whatever its name: who merges by hand may have called one as he liked. */
async function sidecarsIn(folder: string, known: readonly Sidecar[] = []): Promise<readonly Sidecar[]> {
  const seen = new Set(known.map(({ name }) => name));
  const names = (await readFolder(folder)).filter((name) => name.endsWith('.json') && !seen.has(name));
  const read = await Promise.all(
    names.map(async (name): Promise<Sidecar | undefined> => {
      try {
        return { name, take: (await readOwnJsonFile(join(folder, name), Take)).value };
      } catch (error) {
        if (AuteurError.is(error, 'file-unreadable')) return undefined;
        throw error;
      }
    }),
  );
  return [...known, ...read.flatMap((one) => one ?? [])];
}

/**
 * Sidecars that claim a number which another take has, the rightful one left out.
 * @param known those that were just read
 */
export async function repeatedTakes(
  folder: string,
  known: readonly Sidecar[] = [],
): Promise<readonly Sidecar[]> {
  const sidecars = (await sidecarsIn(folder, known)).toSorted(inOrder);
  const kept = new Map<number, Sidecar>();
  const others: Sidecar[] = [];
  for (const sidecar of sidecars) {
    if (kept.has(sidecar.take.number)) others.push(sidecar);
    else kept.set(sidecar.take.number, sidecar);
  }
  return others;
}

/** Whose name says its number has it before one whose name says another; then who was finished first. */
function inOrder(one: Sidecar, other: Sidecar): number {
  return Number(isNamed(other)) - Number(isNamed(one)) || byClaim(one.take, other.take);
}

function isNamed({ name, take }: Sidecar): boolean {
  return parseTakeFileName(name)?.number === take.number;
}

export interface FixedFolder {
  readonly renumbered: readonly Renumbered[];
  /** What was written, moved or removed, relative to the project. */
  readonly paths: readonly string[];
}

/** Gives each take of a repeated number but the first a number of its own; safe to repeat after a crash. */
export async function renumberRepeated(
  root: string,
  folder: RelativePath,
  prefix: string,
): Promise<FixedFolder> {
  const absolute = await resolveInside(root, folder);
  const renumbered: Renumbered[] = [];
  const paths: string[] = [];
  for (const { name, take } of await repeatedTakes(absolute)) {
    const all = await sidecarsIn(absolute);
    // A crash has cut an earlier run short: the take has its number, and its old sidecar is still there.
    const before = all.find((one) => one.take.id === take.id && one.name !== name && isNamed(one));
    const sidecar = (number: number): Take => renumberTake(take, prefixOf(name) ?? prefix, number);
    const claimed = { folder: absolute, prefix: prefixOf(name) ?? prefix, number: undefined, sidecar };
    const moved = before?.take ?? (await claimTake(claimed));
    if (moved === undefined) continue;
    paths.push(...(await moveFiles(absolute, take, moved)), name);
    await unlink(join(absolute, name));
    await syncFolder(absolute);
    renumbered.push({ folder, id: take.id, from: take.number, to: moved.number });
  }
  return { renumbered, paths: [...new Set(paths)].map((name) => `${folder}/${name}`) };
}

/** A file is known by what it holds: under the name that both claim lies the other take's. */
async function moveFiles(folder: string, from: Take, to: Take): Promise<readonly string[]> {
  const touched = [sidecarName(to)];
  for (const [index, { sha256, name }] of to.files.entries()) {
    if (await isThere(join(folder, name))) continue;
    const owned = await claimedByOthers(folder, to.id);
    const candidates = [from.files[index]?.name ?? '', ...(await readFolder(folder))];
    for (const candidate of candidates) {
      if (candidate === '' || owned.has(candidate) || candidate.endsWith('.json')) continue;
      if ((await contentHash(join(folder, candidate))) !== sha256) continue;
      await moveExclusively(join(folder, candidate), join(folder, name));
      touched.push(candidate, name);
      break;
    }
  }
  return touched;
}

async function claimedByOthers(folder: string, id: Take['id']): Promise<ReadonlySet<string>> {
  const others = (await sidecarsIn(folder)).filter((one) => one.take.id !== id && isNamed(one));
  return new Set(others.flatMap(({ take }) => take.files.map(({ name }) => name)));
}

function sidecarName({ files }: Take): string {
  return (files[0]?.name ?? '').replace(/\.[^.]+$/, '.json');
}
