import type { Panel } from '../../../core/model/panel.ts';
import { clothOf, saidColour } from './clothing.ts';
import { fromHsl } from './colour.ts';
import { Random } from './random.ts';

export type Hair = 'short' | 'swept' | 'long' | 'bob' | 'bun' | 'ponytail' | 'curly' | 'bald';
export type Hat = 'none' | 'fedora' | 'cap' | 'beanie' | 'hood' | 'helmet';
export type Garment = 'jacket' | 'coat' | 'dress' | 'shirt';

/** How a character looks in every panel of the film: from the name, and from what the description says. */
export interface Traits {
  readonly name: string;
  /** Of the clothes; the dots of labels, plan and legend have it too. */
  readonly colour: string;
  readonly legColour: string;
  readonly hairColour: string;
  readonly hair: Hair;
  readonly hat: Hat;
  readonly beard: boolean;
  readonly glasses: boolean;
  readonly garment: Garment;
  /** Relative to a grown person. */
  readonly height: number;
  readonly build: number;
}

type Character = Panel['characters'][number];

const hairWords: readonly (readonly [RegExp, Hair])[] = [
  [/\bbald|shaven|hairless/i, 'bald'],
  [/\bcurl|\bafro\b|frizz/i, 'curly'],
  [/\bpony.?tail|braid|plait/i, 'ponytail'],
  [/\bbun\b|hair up|chignon/i, 'bun'],
  [/\bbob\b|shoulder.length/i, 'bob'],
  [/long.{0,12}hair|flowing/i, 'long'],
  [/short.{0,12}hair|crew.?cut|cropped/i, 'short'],
];

const hatWords: readonly (readonly [RegExp, Hat])[] = [
  [/helmet|astronaut|soldier|knight|biker/i, 'helmet'],
  [/fedora|\bhat\b|detective|cowboy|gangster/i, 'fedora'],
  [/baseball cap|\bcap\b|captain|police|driver/i, 'cap'],
  [/beanie|woolly|wool hat|sailor|fisher/i, 'beanie'],
  [/\bhood|hooded|monk|cloak/i, 'hood'],
];

const garmentWords: readonly (readonly [RegExp, Garment])[] = [
  [/\b(dress|gown|skirt|robe)\b/i, 'dress'],
  [/\b(?!waistcoat)\w*coat\b|\b(cloak|cape|parka|anorak)\b/i, 'coat'],
  [/\b(jacket|suit|blazer|uniform)\b/i, 'jacket'],
  [/shirt\b|\b(sweater|jumper|vest)\b/i, 'shirt'],
];

const hairColours: readonly (readonly [RegExp, string])[] = [
  [/(red|ginger|auburn).{0,12}hair|redhead/i, '#a3532b'],
  [/blond|fair.?hair/i, '#d0ae68'],
  [/(gr[ae]y|white|silver).{0,12}hair|\bold\b|elder|grand/i, '#b5b2ac'],
  [/black.{0,12}hair|dark.?hair/i, '#25242a'],
];

export function traitsOf(character: Character): Traits {
  const random = new Random(0, `traits:${character.name}`);
  const words = (character.description ?? '').slice(0, 2000);
  const said = <T>(known: readonly (readonly [RegExp, T])[]) =>
    known.find(([pattern]) => pattern.test(words))?.[1];
  const woman = /\b(woman|girl|she|her|mother|sister|daughter|aunt|queen|lady|grandmother)\b/i.test(words);
  const man = /\b(man|boy|he|his|father|brother|son|uncle|king|grandfather)\b/i.test(words);
  const hue = random.next();
  const beard =
    /\bbeard|moustache|mustache/i.test(words) || (!woman && random.chance(0.16) && !isChild(words));
  return {
    name: character.name,
    colour: saidColour(words) ?? clothOf(hue),
    legColour: fromHsl(random.pick(hue, 0.6, 0.08), random.between(0.08, 0.2), random.between(0.24, 0.36)),
    hairColour: said(hairColours) ?? random.pick('#25242a', '#3c2d24', '#5b4030', '#7a5638', '#2f2b33'),
    hair: said(hairWords) ?? chooseHair(random, { woman, man: man || beard, bald: !/hair/i.test(words) }),
    hat:
      said(hatWords) ??
      (words === '' ? random.pick<Hat>('none', 'none', 'none', 'none', 'none', 'cap', 'beanie') : 'none'),
    beard,
    glasses: /glasses|spectacles/i.test(words) || random.chance(0.1),
    garment:
      said(garmentWords) ??
      (woman && random.chance(0.35) ? 'dress' : random.pick<Garment>('jacket', 'coat', 'shirt')),
    height: isChild(words) ? random.between(0.66, 0.76) : random.between(0.94, 1.05),
    build: /\b(big|burly|heavy|stout|fat|huge|broad)\b/i.test(words)
      ? 1.2
      : random.between(0.9, 1.06) * (woman ? 0.9 : 1),
  };
}

function isChild(words: string): boolean {
  return /\b(child|kid|boy|girl|toddler|son|daughter|little)\b/i.test(words);
}

function chooseHair(
  random: Random,
  { woman, man, bald }: { woman: boolean; man: boolean; bald: boolean },
): Hair {
  if (woman) return random.pick<Hair>('long', 'bob', 'bun', 'ponytail', 'curly', 'long');
  if (man) return random.pick<Hair>('short', 'swept', 'curly', 'short', bald ? 'bald' : 'swept');
  return random.pick<Hair>('short', 'swept', 'long', 'bob', 'curly', 'bun', 'ponytail');
}
