import { fromHsl, hslOf, mix } from './colour.ts';

const colours: Readonly<Record<string, string>> = {
  red: '#b23a34',
  crimson: '#a52a3a',
  scarlet: '#c23b2a',
  maroon: '#6e2b34',
  burgundy: '#6e2b3c',
  wine: '#6e2b3c',
  pink: '#d98ca3',
  rose: '#c9788c',
  orange: '#d07a33',
  rust: '#a5532c',
  amber: '#cf9430',
  golden: '#cfa23a',
  gold: '#cfa23a',
  mustard: '#c49a2f',
  yellow: '#e3b932',
  olive: '#76783c',
  khaki: '#9c9160',
  green: '#4f8a4f',
  emerald: '#2f8a63',
  mint: '#8cc9a8',
  teal: '#2f7f80',
  turquoise: '#3aa3a0',
  blue: '#3f6aa8',
  navy: '#2c3a63',
  indigo: '#413f82',
  purple: '#76478f',
  violet: '#76478f',
  lilac: '#a98fc4',
  lavender: '#a98fc4',
  brown: '#74503a',
  chestnut: '#7d4a33',
  camel: '#bb9668',
  tan: '#bf9a6e',
  beige: '#cdb58f',
  cream: '#e6d9bb',
  ivory: '#e8dfca',
  white: '#e4e1d8',
  gray: '#85878a',
  grey: '#85878a',
  silver: '#a9adb2',
  charcoal: '#46494f',
  black: '#34353a',
};

/** More than anybody is described with; keeps a novel from costing time. */
const longest = 2000;
const shade = String.raw`(?:(?<shade>dark|deep|light|pale|bright)[ -])?`;
const colour = String.raw`\b${shade}(?<colour>${Object.keys(colours).join('|')})\b`;
/** What may stand between a colour and what it colours: "yellow waterproof coat", never "grey hair, a coat". */
const between = String.raw`(?:-\w+)?(?: (?!(?:in|with|under|over|on|of|at|and|or|the|an?|hair|eyes|beard|skin)\b)[\w-]+){0,2}`;
/** From what shows most to what shows least. */
const garments = [
  String.raw`\w*coat|mac|anorak|parka|cloak|cape|poncho`,
  'dress|gown|robe|suit|uniform|overalls|jumpsuit|jacket|blazer|hoodie|cardigan|kimono',
  String.raw`t-shirt|\w*shirt|sweater|jumper|pullover|blouse|tunic|vest|waistcoat|top`,
  'apron|shawl|scarf|skirt',
];
const patterns: readonly RegExp[] = [
  ...garments.flatMap((garment) => [
    `${colour}(?: and \\w+)?${between} (?:${garment})\\b`,
    `\\b(?:${garment}),? (?:of|in) ${colour}(?! hair)`,
  ]),
  `\\b(?:wear(?:s|ing)|(?:dressed|clad|all) in|in) ${colour}(?=\\s*(?:[.,;:!?)]|$|and\\b))`,
].map((pattern) => new RegExp(pattern, 'i'));

/** The colour a description gives to clothes, if it does. */
export function saidColour(description: string): string | undefined {
  const words = description.slice(0, longest);
  for (const pattern of patterns) {
    const said = pattern.exec(words)?.groups;
    const base = colours[said?.['colour']?.toLowerCase() ?? ''];
    if (base !== undefined) return shadeOf(base, said?.['shade']?.toLowerCase());
  }
  return undefined;
}

function shadeOf(base: string, word: string | undefined): string {
  if (word === 'dark' || word === 'deep') return mix(base, '#141418', 0.35);
  return word === 'light' || word === 'pale' ? mix(base, '#ffffff', 0.35) : base;
}

/** Cloth for those of whom nothing is said: hues far enough apart to be told from each other. */
const wardrobe = [
  ...Array.from({ length: 8 }, (_, i) => fromHsl(0.01 + i / 8, 0.34, 0.48)),
  '#46494f',
  '#d5d0c4',
];

/** The cloth of whoever has this hue (in turns) from the name. */
export function clothOf(hue: number): string {
  return wardrobe[Math.floor(hue * 8) % 8] ?? fromHsl(hue, 0.34, 0.48);
}

/** This colour, or where someone already wears a near one, the next in the wardrobe that nobody wears. */
export function freeColour(wish: string, worn: readonly string[]): string {
  const nearest = (candidate: string) => Math.min(1, ...worn.map((other) => differ(candidate, other)));
  if (nearest(wish) >= 1) return wish;
  const from = wardrobe.indexOf(wish) + 1;
  const rest = [...wardrobe.slice(from), ...wardrobe.slice(0, from)];
  const free = rest.find((candidate) => nearest(candidate) >= 1);
  return free ?? rest.reduce((best, candidate) => (nearest(candidate) > nearest(best) ? candidate : best));
}

const farHue = 35 / 360;
const greyBelow = 0.12;

/** 1 or more: told apart at a glance. */
export function differ(one: string, other: string): number {
  const [a, b] = [hslOf(one), hslOf(other)];
  const grey = [a, b].filter(({ saturation }) => saturation < greyBelow).length;
  if (grey === 1) return 1;
  if (grey === 2) return Math.abs(a.lightness - b.lightness) / 0.25;
  const turn = Math.abs(a.hue - b.hue);
  return Math.min(turn, 1 - turn) / farHue;
}
