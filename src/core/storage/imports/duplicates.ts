import type { AssetFile } from './assetFiles.ts';
import { contentHash, contentSize } from './assetFiles.ts';

/** Tells whether a content is there already; files are only hashed where their sizes are the same. */
export class KnownContents {
  readonly #bySize = new Map<number, AssetFile[]>();
  readonly #hashes = new Map<string, string>();

  static async of(files: readonly AssetFile[]): Promise<KnownContents> {
    const known = new KnownContents();
    for (const file of files) {
      const size = await contentSize(file);
      known.#bySize.set(size, [...(known.#bySize.get(size) ?? []), file]);
    }
    return known;
  }

  hasSize(bytes: number): boolean {
    return this.#bySize.has(bytes);
  }

  /** The file that holds the same, by its name. */
  async find(bytes: number, sha256: string): Promise<string | undefined> {
    for (const { name, path } of this.#bySize.get(bytes) ?? []) {
      const hash = this.#hashes.get(path) ?? (await contentHash(path));
      this.#hashes.set(path, hash);
      if (hash === sha256) return name;
    }
    return undefined;
  }
}
