import type { Panel } from '../../../core/model/panel.ts';
import { freeColour, saidColour } from './clothing.ts';
import { traitsOf, type Traits } from './traits.ts';

/** As many as the picture and the legend can tell apart. */
const most = 9;

/**
 * Who is in the panel, each in a colour of their own: first those whose clothes are described, then the others,
 * each in the order of the panel.
 */
export function castOf({ characters }: Panel): Traits[] {
  const cast = characters.slice(0, most).map((character) => ({
    traits: traitsOf(character),
    described: saidColour(character.description ?? '') !== undefined,
  }));
  const worn = new Map<Traits, string>();
  for (const { traits } of [...cast.filter((one) => one.described), ...cast.filter((one) => !one.described)])
    worn.set(traits, freeColour(traits.colour, [...worn.values()]));
  return cast.map(({ traits }) => ({ ...traits, colour: worn.get(traits) ?? traits.colour }));
}
