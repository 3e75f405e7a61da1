import { AuteurError } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { ShotNode } from './nodes.ts';

/** What each character of a shot wears in it, by the character's id. */
export type Worn = ReadonlyMap<string, string>;

/** Reads assets only where the shot says that something is worn. */
export async function wornIn(
  studio: Pick<Studio, 'assets'>,
  { root, view }: Pick<ShotNode, 'root' | 'view'>,
): Promise<Worn> {
  const worn = new Map<string, string>();
  const { wardrobe = {} } = view.shot;
  if (Object.keys(wardrobe).length === 0) return worn;
  for (const { id, wardrobe: variants = [] } of await studio.assets(root).catch(nothingWhereUnreadable)) {
    const variant = variants.find((one) => one.id === wardrobe[id]);
    if (variant !== undefined) worn.set(id, variant.name);
  }
  return worn;
}

/** A film that cannot be read says so in its own line. */
function nothingWhereUnreadable(error: unknown): readonly [] {
  if (!AuteurError.is(error)) throw error;
  return [];
}
