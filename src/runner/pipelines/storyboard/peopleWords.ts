/** What a noun says of somebody: in words that `traitsOf` knows, and for a group who is in it. */
export interface PersonNoun {
  readonly singular: string;
  readonly plural: boolean;
  readonly about: string;
  /** Nouns of the members. */
  readonly group?: readonly string[];
}

const female =
  'woman lady girl mother mum mom sister daughter aunt grandmother grandma wife widow girlfriend bride nun waitress actress policewoman queen princess witch maid hostess stewardess heroine businesswoman schoolgirl ballerina';
const male =
  'man gentleman boy father dad brother son uncle grandfather grandpa husband widower boyfriend groom monk priest waiter actor policeman fireman postman fisherman cowboy businessman salesman watchman king prince knight guy bloke hero sheriff schoolboy doorman';
const either =
  'child kid baby toddler teenager student pupil teacher person figure stranger soldier doctor nurse surgeon patient driver detective cop officer guard sailor captain worker farmer singer dancer musician pianist violinist thief robber burglar killer murderer prisoner tourist traveller traveler passenger customer guest visitor neighbour neighbor passer-by pedestrian bartender barman cook chef baker butcher barber mechanic pilot astronaut scientist lawyer judge reporter journalist photographer painter writer hunter beggar biker cyclist rider skater surfer swimmer vendor clerk secretary cashier janitor cleaner projectionist keeper spy gangster clown hiker assassin friend lover someone somebody';
const compounds = 'police officer|taxi driver|bus driver|truck driver|train driver|security guard';

/** What somebody of this calling wears, where nothing else is said. */
const clothes: Readonly<Record<string, string>> = {
  doctor: 'in a white coat',
  surgeon: 'in a green gown',
  nurse: 'in a light blue uniform',
  policeman: 'in a navy uniform',
  policewoman: 'in a navy uniform',
  'police officer': 'in a navy uniform',
  cop: 'police in a navy uniform',
  soldier: 'in an olive uniform',
  bride: 'in a white dress',
  waiter: 'in a white shirt',
  waitress: 'in a white shirt',
  nun: 'in a black robe, hooded',
  monk: 'in a brown robe',
  priest: 'in a black robe',
  cook: 'in a white shirt',
  chef: 'in a white shirt',
};

const groups: readonly (readonly [string, readonly string[]])[] = [
  ['couple', ['woman', 'man']],
  ['parents', ['mother', 'father']],
  ['grandparents', ['grandmother', 'grandfather']],
  ['family', ['mother', 'father', 'child']],
  ['crowd', Array.from({ length: 8 }, () => 'person')],
  ['mob', Array.from({ length: 8 }, () => 'person')],
  ['audience', Array.from({ length: 7 }, () => 'person')],
  ['onlookers', Array.from({ length: 5 }, () => 'person')],
];

const young = /^(?:boy|girl|child|kid|baby|toddler|pupil|schoolboy|schoolgirl)$/;

const known = new Map<string, PersonNoun>();
for (const [nouns, gender] of [
  [female.split(' '), 'woman'],
  [male.split(' '), 'man'],
  [[...either.split(' '), ...compounds.split('|')], ''],
] as const)
  for (const singular of nouns) {
    const about = `${gender} ${clothes[singular] ?? ''} ${young.test(singular) ? 'child with a head full of hair' : ''}`;
    known.set(singular, { singular, plural: false, about });
    for (const plural of pluralsOf(singular)) known.set(plural, { singular, plural: true, about });
  }
for (const [noun, group] of groups) known.set(noun, { singular: noun, plural: false, about: '', group });

function pluralsOf(noun: string): readonly string[] {
  if (noun === 'person') return ['people', 'persons'];
  if (noun === 'child') return ['children'];
  if (noun === 'passer-by') return ['passers-by'];
  if (/^some/.test(noun)) return [];
  if (noun.endsWith('man')) return [noun.replace(/man$/, 'men')];
  if (noun.endsWith('thief')) return ['thieves'];
  if (noun.endsWith('wife')) return ['wives'];
  if (/[^aeou]y$/.test(noun)) return [noun.replace(/y$/, 'ies')];
  return [/(?:s|ch)$/.test(noun) ? `${noun}es` : `${noun}s`];
}

/** The noun of people this is, in lower case. */
export function personNoun(word: string): PersonNoun | undefined {
  return known.get(word);
}

/** Every noun of people, never a part of a longer word. */
export function personNouns(): RegExp {
  const longestFirst = [...known.keys()].toSorted((a, b) => b.length - a.length);
  return new RegExp(String.raw`(?<![\p{L}\p{N}'-])(?:${longestFirst.join('|')})(?![\p{L}\p{N}-])`, 'giu');
}

/** Nouns that a director also calls somebody by whom another noun brought in. */
export const generic: ReadonlySet<string> = new Set(
  'man woman boy girl lady guy gentleman child kid person figure stranger'.split(' '),
);

/** Nouns that are verbs as well: "a woman nurses a drink". */
export const alsoVerb = /^(?:nurse|guard|cook|pilot|judge|man|mother|father|guest|butcher|groom|patient)s?$/;

export const numbers: Readonly<Record<string, number>> = {
  two: 2,
  both: 2,
  three: 3,
  few: 3,
  some: 3,
  four: 4,
  several: 4,
  five: 5,
  six: 6,
  many: 6,
  countless: 9,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  dozen: 12,
};
