import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { extensionOf, headBytes, looksLike, pointerStart, typesOf } from '../../domain/mediaTypes.ts';
import { AuteurError, systemCode } from '../../errors.ts';
import type { AssetCategory } from '../../model/project.ts';
import type { SkippedFile } from '../../protocol/assetViews.ts';

/** A file that is to be imported. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  /** Its name, below those of the chosen folder it was found in. */
  readonly steps: readonly string[];
  readonly bytes: number;
}

export interface Gathered {
  readonly sources: readonly Source[];
  readonly skipped: readonly SkippedFile[];
}

const mostFiles = 10_000;
const deepest = 32;

/**
 * All files that are meant. A file that was named must fit; of a folder, only what fits is taken.
 * @throws AuteurError `import-source`, `import-type`, `import-nothing`
 */
export async function gatherSources(
  paths: readonly string[],
  category: AssetCategory,
  signal: AbortSignal,
): Promise<Gathered> {
  const gathering = new Gathering(category, signal);
  for (const path of new Set(paths)) await gathering.add(path);
  if (gathering.sources.length > 0 || gathering.skipped.length > 0) return gathering;
  throw new AuteurError('import-nothing', { path: paths.join(', ') });
}

class Gathering implements Gathered {
  readonly sources: Source[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #category: AssetCategory;
  readonly #signal: AbortSignal;

  constructor(category: AssetCategory, signal: AbortSignal) {
    this.#category = category;
    this.#signal = signal;
  }

  async add(path: string): Promise<void> {
    if (!isAbsolute(path)) throw unusable(path, 'it is no absolute path');
    // A link that the user names is meant; those in a folder may lead anywhere.
    const real = await reading(path, () => realpath(path));
    const found = await reading(path, () => stat(real));
    if (found.isDirectory()) {
      await this.#folder(real, [basename(path)]);
      return;
    }
    if (!found.isFile()) throw unusable(path, 'it is neither a file nor a folder');
    const wrong = await wrongWith(real, basename(path), this.#category);
    if (wrong !== undefined) throw new AuteurError('import-type', { path: basename(path), reason: wrong });
    this.#take({ path: real, steps: [basename(path)], bytes: found.size });
  }

  async #folder(folder: string, steps: readonly string[]): Promise<void> {
    this.#signal.throwIfAborted();
    if (steps.length > deepest) throw unusable(folder, 'its folders are nested too deeply');
    const entries = await reading(folder, () => readdir(folder, { withFileTypes: true }));
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      // What begins with a dot belongs to the system, or to another program.
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const inner = [...steps, entry.name];
      if (entry.isDirectory()) await this.#folder(path, inner);
      else await this.#file(path, inner, entry.isFile());
    }
  }

  async #file(path: string, steps: readonly string[], isFile: boolean): Promise<void> {
    const name = steps.at(-1) ?? '';
    const wrong = isFile ? await wrongWith(path, name, this.#category) : 'it is a link or no regular file.';
    if (wrong !== undefined) this.skipped.push({ from: path, reason: wrong });
    else this.#take({ path, steps, bytes: (await reading(path, () => stat(path))).size });
  }

  #take(source: Source): void {
    this.sources.push(source);
    if (this.sources.length > mostFiles)
      throw unusable(source.path, `one import takes at most ${mostFiles} files`);
  }
}

/** A sentence's end, or undefined where nothing is wrong. */
async function wrongWith(path: string, name: string, category: AssetCategory): Promise<string | undefined> {
  const extension = extensionOf(name);
  const kind = category === 'music' ? 'sound' : 'picture';
  if (!typesOf(category).includes(extension)) return `${name} is no ${kind}.`;
  const head = await reading(path, () => headOf(path));
  if (head.length === 0) return `${name} is empty.`;
  if (Buffer.from(head).toString('latin1').startsWith(pointerStart))
    return `${name} is in Git LFS but was not fetched.`;
  return looksLike(extension, head)
    ? undefined
    : `the content of ${name} is not what its name says (${extension}).`;
}

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'it is not there' : `it cannot be read (${code})`;
    throw new AuteurError('import-source', { path, reason }, { cause: error });
  }
}

function unusable(path: string, reason: string): AuteurError {
  return new AuteurError('import-source', { path, reason });
}
