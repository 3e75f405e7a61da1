import { open, stat } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import type { InputFile } from '../model/take.ts';
import type { InputState } from '../protocol/recipe.ts';
import { mediaState } from './lfs.ts';
import { resolveInside } from './projectPath.ts';
import { sha256Of } from './sha256.ts';

const maxPointerBytes = 1024;

/** What files hold, hashed once for as long as they are not written. */
export class FileHashes {
  readonly #known = new Map<string, { readonly stamp: string; readonly sha256: string }>();

  /** Whether a file is still what a take was made from; one that was not fetched is known by its pointer. */
  async stateOf(root: string, { path, sha256 }: InputFile): Promise<InputState> {
    const found = await this.#hashOf(await resolveInside(root, path));
    if (found === undefined) return { path, sha256, state: 'missing' };
    return { path, sha256, state: found === sha256 ? 'same' : 'changed' };
  }

  async #hashOf(path: string): Promise<string | undefined> {
    const state = await mediaState(path);
    if (state === 'missing') return undefined;
    if (state === 'pointer') return pointerHash(path);
    try {
      const { size, mtimeMs, ino } = await stat(path);
      const stamp = `${String(size)} ${String(mtimeMs)} ${String(ino)}`;
      const known = this.#known.get(path);
      if (known?.stamp === stamp) return known.sha256;
      const sha256 = await sha256Of(path);
      this.#known.set(path, { stamp, sha256 });
      return sha256;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** SHA-256 of what a file holds, or of what its LFS pointer stands for; undefined where there is no file. */
export async function contentHash(path: string): Promise<string | undefined> {
  const state = await mediaState(path);
  if (state === 'missing') return undefined;
  return state === 'pointer' ? pointerHash(path) : sha256Of(path);
}

async function pointerHash(path: string): Promise<string | undefined> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(maxPointerBytes), 0, maxPointerBytes, 0);
  return /^oid sha256:([0-9a-f]{64})$/m.exec(buffer.subarray(0, bytesRead).toString('latin1'))?.[1];
}
