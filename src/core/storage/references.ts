import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { AuteurError, systemCode } from '../errors.ts';
import type { Asset } from '../model/asset.ts';
import { RelativePath } from '../model/relativePath.ts';
import type { InputFile } from '../model/take.ts';
import { mediaState } from './lfs.ts';
import { isThere } from './locate.ts';
import { resolveInside } from './projectPath.ts';

/** More than a photograph has; a larger file is no reference to look at. */
const mostBytes = 64_000_000;
const drawable = /^[^.].*\.(png|jpe?g|gif)$/i;

/** The named reference pictures of an asset, relative to the project. */
export function namedReferences(folder: string, { references = [] }: Asset): readonly RelativePath[] {
  return references.map((name) => {
    const path = RelativePath.safeParse(`${folder}/${name}`);
    if (path.success) return path.data;
    throw new AuteurError('path-outside', { path: `${folder}/${name}` });
  });
}

/** The first picture that the asset names, else the first by name in its folder that can be drawn. */
export async function mainReference(
  root: string,
  folder: string,
  asset: Asset,
): Promise<RelativePath | undefined> {
  if (asset.references !== undefined) return namedReferences(folder, asset)[0];
  const path = await resolveInside(root, folder);
  if (!(await isThere(path))) return undefined;
  const names = (await readdir(path, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && drawable.test(entry.name))
    .map(({ name }) => RelativePath.safeParse(`${folder}/${name}`).data)
    .filter((name) => name !== undefined);
  return names.toSorted()[0];
}

export interface ReferenceFile {
  readonly input: InputFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a reference picture whole, and says what it read.
 * @throws AuteurError `path-outside`, `reference-missing`, `reference-not-fetched`, `reference-unusable`
 */
export async function readReference(root: string, path: RelativePath): Promise<ReferenceFile> {
  const absolute = await resolveInside(root, path);
  try {
    const state = await mediaState(absolute);
    if (state === 'missing') throw new AuteurError('reference-missing', { path });
    if (state === 'pointer') throw new AuteurError('reference-not-fetched', { path });
    const bytes = await readAtMost(absolute, path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { input: { path, sha256 }, bytes };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new AuteurError(
      'reference-unusable',
      { path, reason: `it cannot be read (${code}).` },
      { cause: error },
    );
  }
}

async function readAtMost(absolute: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  await using file = await open(absolute, 'r');
  const { size } = await file.stat();
  if (size > mostBytes) {
    const reason = `it has ${Math.round(size / 1_000_000)} MB.`;
    throw new AuteurError('reference-unusable', { path, reason });
  }
  return new Uint8Array(await file.readFile());
}
