import type { Asset, WardrobeVariant } from '../model/asset.ts';
import type { Shot } from '../model/shotList.ts';

/** What a character wears in a shot; undefined where the shot says nothing of it, or names what is not there. */
export function wornIn(shot: Shot, character: Asset): WardrobeVariant | undefined {
  const id = shot.wardrobe?.[character.id];
  return id === undefined ? undefined : character.wardrobe?.find((variant) => variant.id === id);
}

/** In words: a variant without a description is known by its name. */
export function wornWords({ name, description }: WardrobeVariant): string {
  return description === undefined || description === '' ? name : description;
}
