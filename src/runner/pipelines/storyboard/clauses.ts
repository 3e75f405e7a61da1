import type { Panel } from '../../../core/model/panel.ts';
import { escaped, formsOf } from './names.ts';

/** A part of a sentence with one verb, and who does it to whom, by their places in the cast. */
export interface Clause {
  /** In lower case. */
  readonly words: string;
  readonly subjects: readonly number[];
  readonly objects: readonly number[];
}

/** Where a new doing begins. */
const breaks =
  /([.;!?:–—]+|,(?! (?:her|his|their) )|\b(?:and|while|as|then|but|until|when|who|whom|where|before|after)\b)/iu;
const everybody =
  /\b(?:they|both|the two|the three|the four|all|everyone|everybody|together|each other|one another|the couple|the pair)\b/;
const somebody =
  /\b(?:he|she|who|his|her|him|they|their|man|men|woman|women|girl|boy|child|children|kid|people|person|figure|stranger|somebody|someone|lady|gentleman|guy|hero|heroine|couple|friends?)\b/;
/** "Two men", "the three of them", never "two projectors". */
const crowd =
  /^(?:the |all )?(?:\d+|two|three|four|five|six|several|many)(?: \w+)? (?:people|men|women|boys|girls|children|kids|figures|friends|strangers|of them|lovers|sisters|brothers)\b|^(?:people|men|women|the two) /;
/** Begins with what is done: the one who did the last thing goes on. */
const goesOn =
  /^(?:\s*(?:slowly|quickly|suddenly|still|now|only|just|again|almost|never|already|also|\w+ly)\s+)*\s*(?:\w+(?:s|ing|ed)|sat|lay|ran|knelt|stood|fled|held|in|on|at|from|with|back|asleep|side|face|head|down|up)\b/;

interface Known {
  readonly pattern: RegExp;
  readonly about: string;
}

/** What something is only compared to. */
const simile = /\b(?:like|as if|as though) .*$/;

/** The clauses of a description; those of which nothing says who acts belong to nobody. */
export function clausesOf(text: string, characters: Panel['characters']): Clause[] {
  const known = characters.map(({ name, description = '' }): Known => ({
    pattern: namePattern(name),
    about: description.slice(0, 200).toLowerCase(),
  }));
  const everyone = characters.map((_, i) => i);
  const clauses: Clause[] = [];
  let last: readonly number[] = characters.length === 1 ? [0] : [];
  let listed: readonly number[] = [];
  const parts = text.toLowerCase().split(breaks);
  for (let i = 0; i < parts.length; i += 2) {
    const words = (parts[i] ?? '').replace(simile, '').trim();
    if (words === '') continue;
    const named = namedIn(words, known);
    if (isOnlyNames(words, named, known)) {
      listed = [...listed, ...named];
      last = listed;
      continue;
    }
    const before = clauses.at(-1)?.objects ?? [];
    const whoever = /^whom?$/.test(parts[i - 1] ?? '') && before.length > 0;
    const found = whoever ? before : subjectsOf(words, { named, last, everyone, known });
    const subjects = found === last ? found : [...new Set([...listed, ...found])];
    if (named.length > 0 && subjects.length > 0 && !whoever) last = subjects;
    clauses.push({
      words,
      subjects,
      objects: named.filter((who) => subjects.length > 1 || who !== subjects[0]),
    });
    listed = [];
  }
  return clauses;
}

/** In the order they are named. */
function namedIn(words: string, known: readonly Known[]): number[] {
  return known
    .map(({ pattern }, who) => ({ who, at: pattern.exec(words)?.index ?? -1 }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ who }) => who);
}

/** "Ada" of "Ada and Emil sit": what they do comes later. */
function isOnlyNames(words: string, named: readonly number[], known: readonly Known[]): boolean {
  const rest = named.reduce((left, who) => left.replace(known[who]?.pattern ?? '', ''), words);
  return named.length > 0 && rest.trim() === '';
}

interface Context {
  readonly named: readonly number[];
  readonly last: readonly number[];
  readonly everyone: readonly number[];
  readonly known: readonly Known[];
}

function subjectsOf(words: string, { named, last, everyone, known }: Context): readonly number[] {
  if (everybody.test(words)) return everyone;
  const [first] = named;
  // "Opposite sits Ada", "his back to Ada": a name after the doing may be what it is done to.
  if (first !== undefined) {
    const at = known[first]?.pattern.exec(words)?.index ?? 0;
    const before = words.slice(0, at);
    if (last.length > 0 && (/^(?:he|she|they)\b/.test(words) || (goesOn.test(words) && before.trim() !== '')))
      return last;
    return [first];
  }
  const titled = everyone.filter((who) => sharesNoun(words, known[who]?.about ?? ''));
  if (titled.length === 1) return titled;
  if (crowd.test(words)) return everyone;
  if (somebody.test(words) || goesOn.test(words)) return last.length > 0 ? last : everyone;
  return [];
}

/** "The projectionist sits": whose description says projectionist. */
function sharesNoun(words: string, about: string): boolean {
  const noun = /^(?:the|an?|our|old|young|little) (?:old |young |little )?(\p{L}{3,})/u.exec(words)?.[1];
  return noun !== undefined && new RegExp(String.raw`(?<!\p{L})${escaped(noun)}(?!\p{L})`, 'u').test(about);
}

function namePattern(name: string): RegExp {
  const forms = formsOf(name).map((form) => escaped(form.toLowerCase()));
  return new RegExp(String.raw`(?<!\p{L})(?:${forms.join('|') || '(?!)'})(?!\p{L})`, 'u');
}
