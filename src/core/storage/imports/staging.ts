import { createHash, randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { entryIds, readEntry } from '../history/historyFiles.ts';
import { readFolder } from '../locate.ts';
import { isOwnFolder, makeOwnFolder } from '../ownFolder.ts';
import { isAlive, withProjectLock } from '../projectLock.ts';

/** Another machine may be copying into a shared folder for so long. */
const abandonedMs = 24 * 3_600_000;
const kinds = ['imports', 'trash'] as const;
/** What was deleted can be found by hand for so long after undo has forgotten it. */
const trashMs = 30 * 24 * 3_600_000;

/** A folder in which copies are made before the film knows of them; its name tells whose it is. */
export async function makeStaging(root: string): Promise<{ readonly name: string; readonly path: string }> {
  const name = `${hostKey()}-${process.pid}-${randomUUID()}`;
  return { name, path: await makeOwnFolder(root, '.auteur', 'imports', name) };
}

function hostKey(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
}

/** Removes what the film has not taken; what undo or an edit that a crash cut short needs, stays. */
export async function leaveStaging(root: string, name: string): Promise<void> {
  const named = await namedInHistory(root);
  const folder = join(root, '.auteur', 'imports', name);
  const left = await readFolder(folder);
  const unnamed = left.filter((file) => !named.has(`imports/${name}/${file}`));
  if (unnamed.length === left.length) await rm(folder, { recursive: true, force: true });
  else for (const file of unnamed) await rm(join(folder, file), { force: true });
}

/** Removes what processes that were killed have left, and what undo has forgotten long ago. */
export function sweepAside(root: string): Promise<void> {
  return withProjectLock(root, async () => {
    const named = await namedInHistory(root);
    for (const kind of kinds) {
      if (!(await isOwnFolder(root, '.auteur', kind))) continue;
      for (const name of await readFolder(join(root, '.auteur', kind))) {
        const path = join(root, '.auteur', kind, name);
        const isNamed = [...named].some((kept) => kept.startsWith(`${kind}/${name}/`));
        if (!isNamed && (await isLeft(kind, name, path))) await rm(path, { recursive: true, force: true });
      }
    }
  });
}

async function namedInHistory(root: string): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const id of await entryIds(root)) {
    const entry = await readEntry(root, id);
    for (const op of entry?.ops ?? []) if (op.op === 'media') named.add(op.kept);
  }
  return named;
}

async function isLeft(kind: (typeof kinds)[number], name: string, path: string): Promise<boolean> {
  const [host = '', pid = ''] = name.split('-');
  const isOurs = kind === 'imports' && host === hostKey();
  if (isOurs) return Number(pid) !== process.pid && !isAlive(Number(pid));
  const age = await ageOf(path);
  return age > (kind === 'trash' ? trashMs : abandonedMs);
}

async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
