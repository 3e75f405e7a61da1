import type { Panel } from '../../../core/model/panel.ts';
import { freeColour, saidColour } from './clothing.ts';
import type { PictureColours } from './pictureColours.ts';
import { traitsOf, type Traits } from './traits.ts';

/** As many as the picture and the legend can tell apart. */
export const mostInCast = 9;

/**
 * Who is in the panel, each in a colour of their own: first those whose clothes are shown or described, then the
 * others, each in the order of the panel. What a reference picture shows stays as it is.
 */
export function castOf({ characters }: Panel, shown?: ReadonlyMap<string, PictureColours>): Traits[] {
  const cast = characters.slice(0, mostInCast).map((character) => {
    const traits = traitsOf(character);
    const colours = shown?.get(character.reference ?? '');
    return {
      traits: {
        ...traits,
        colour: colours?.clothes ?? traits.colour,
        hairColour: colours?.hair ?? traits.hairColour,
      },
      shown: colours !== undefined,
      described: saidColour(character.description ?? '') !== undefined,
    };
  });
  const worn = new Map<Traits, string>();
  for (const { traits } of cast.filter((one) => one.shown)) worn.set(traits, traits.colour);
  const free = cast.filter((one) => !one.shown);
  for (const { traits } of [...free.filter((one) => one.described), ...free.filter((one) => !one.described)])
    worn.set(traits, freeColour(traits.colour, [...worn.values()]));
  return cast.map(({ traits }) => ({ ...traits, colour: worn.get(traits) ?? traits.colour }));
}
