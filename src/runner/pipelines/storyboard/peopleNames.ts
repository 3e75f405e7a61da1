import { escaped } from './names.ts';
import { personNoun } from './peopleWords.ts';

/** Somebody called by a name that the cast does not hold. */
export interface NameMention {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** What people do, hardly anything else. */
const verbs =
  'waits|sits|stands|kneels|crouches|walks|strolls|limps|smiles|laughs|weeps|cries|whispers|says|speaks|reads|writes|listens|nods|watches|looks|stares|glances|gazes|sleeps|wakes|enters|exits|drinks|eats|smokes|drives|dances|hugs|kisses|points|shouts|sings|picks|grabs|carries|holds|reaches|hurries|runs|sprints|lies|is sitting|is standing|is waiting|is sleeping|is lying|is running|is walking|is kneeling|is reading';
const named = new RegExp(
  String.raw`(?<![\p{L}\p{N}'-])((?:(?:Mrs?|Ms|Dr)\.? )?(?:\p{Lu}\p{Ll}{1,20}(?: \p{Lu}\p{Ll}{1,20})?|\p{Lu}{3,20})) (?:(?:slowly|quietly|still|now|silently|just) )?(?:${verbs})(?!\p{L})`,
  'gu',
);

/** Words that begin a sentence and do such things too. */
const things = new Set(
  'a an the it this that these those what which who everything nothing something anything everyone everybody nobody none one another each he she they we you i there here now then but and as rain snow wind fog mist smoke dust light sunlight moonlight darkness silence night day dawn dusk morning evening death time fate water blood sand sea river fire sun moon sky traffic music camera car truck bus train tram boat ship plane bike bicycle motorcycle taxi cab van lorry engine clock phone telephone radio television machine projector robot house building tower church castle bridge door window curtain table chair bed lamp candle book letter suitcase tree forest city town village street road cat dog kitten puppy horse bird crow raven owl fox wolf bear mouse rat cow sheep pig goat fish lion tiger monkey elephant snake spider insect fly bee body corpse sign statue doll puppet mannequin scarecrow mud ink paint milk tape film reel water gold money paper text title pov ots'.split(
    ' ',
  ),
);

/** "Ada waits at the window": capitalised, and before a verb of people. */
export function namesIn(text: string, lower: string): NameMention[] {
  const names = [...text.matchAll(named)].flatMap(({ 1: name = '' }) => {
    const words = name.toLowerCase().split(' ');
    return words.some((word) => things.has(word) || personNoun(word) !== undefined) ? [] : [name];
  });
  return [...new Set(names)]
    .slice(0, 9)
    .flatMap((name) =>
      [...text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}'-])${escaped(name)}(?!\p{L})`, 'gu'))]
        .filter(({ index }) => lower.slice(index, index + name.length).trim() !== '')
        .map(({ index }) => ({ start: index, end: index + name.length, name })),
    );
}
