import type { Panel } from '../../../core/model/panel.ts';
import { mostInCast } from './cast.ts';
import { namesIn } from './peopleNames.ts';
import { phraseAt, type Phrase } from './peoplePhrase.ts';
import { alsoVerb, generic, personNoun, personNouns } from './peopleWords.ts';

interface Person {
  readonly noun: string;
  /** The name in the picture, before it is told from another of the same. */
  readonly label: string;
  readonly about: string;
}

/** Whom a part of the text speaks of. */
interface Mention {
  readonly start: number;
  readonly end: number;
  readonly who: readonly number[];
  readonly doing: string;
}

interface Reading {
  readonly people: readonly Person[];
  readonly mentions: readonly Mention[];
}

/** A panel with the people that its words speak of. */
export interface Peopled {
  readonly panel: Panel;
  /** The same for `blockingOf`: everybody stands in the words by a name of their own. */
  readonly told: Panel;
}

/** More than a director writes for one shot. */
const longest = 4000;
const nouns = personNouns();

/** Where a shot names no characters, whoever its description speaks of, in English, is in the picture. */
export function peopled(panel: Panel): Peopled {
  if (panel.characters.length > 0) return { panel, told: panel };
  const text = panel.description.slice(0, longest).replaceAll('’', "'").replace(/\s+/gu, ' ');
  const { people, mentions } = reading(text);
  const characters = people.map(({ label, about }, i) => {
    const before = people.slice(0, i).filter((other) => other.label === label).length;
    const name = `${label.slice(0, 1).toUpperCase()}${label.slice(1)}${before > 0 ? ` ${before + 1}` : ''}`;
    return { name, description: about };
  });
  const description = retold(text, mentions);
  return {
    panel: { ...panel, characters },
    told: { ...panel, description, characters: characters.map((_, i) => ({ name: token(i) })) },
  };
}

/** A name that no description holds. */
function token(who: number): string {
  return `xq${String.fromCharCode(97 + who)}`;
}

function retold(text: string, mentions: readonly Mention[]): string {
  let told = '';
  let from = 0;
  for (const { start, end, who, doing } of mentions) {
    if (start < from || who.length === 0) continue;
    told += `${text.slice(from, start)}${who.map(token).join(' and ')}${doing === '' ? '' : ` ${doing}`}`;
    from = end;
  }
  return told + text.slice(from);
}

function reading(text: string): Reading {
  // What something is only compared to is not there; the places of the other words stay as they are.
  const lower = inLowerCase(text).replace(/\b(?:as if|as though)\b[^.;:!?,]*/g, (words) =>
    ' '.repeat(words.length),
  );
  const found = [...phrasesIn(lower), ...namesIn(text, lower)].toSorted((a, b) => a.start - b.start);
  const people: Person[] = [];
  const mentions: Mention[] = [];
  for (const one of found) {
    const { start, end } = one;
    const who = 'name' in one ? named(one.name, people) : meant(one, people);
    mentions.push({ start, end, who, doing: 'name' in one ? '' : one.doing });
  }
  const read = people.length > 0 ? { people, mentions } : pronounsIn(lower);
  return { ...read, people: hinted(read.people, lower) };
}

/** But for letters that would be longer then, and shift the places of all the others. */
function inLowerCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

function phrasesIn(lower: string): Phrase[] {
  const found = [...lower.matchAll(nouns)].flatMap((match) => {
    const noun = personNoun(match[0]);
    return noun === undefined ? [] : [{ noun, start: match.index, end: match.index + match[0].length }];
  });
  return found.flatMap(({ noun, start, end }, i) => {
    const [before, next] = [found[i - 1], found[i + 1]];
    const word = lower.slice(start, end);
    const follows = before !== undefined && before.end + 1 === start && !before.noun.plural;
    const isVerb =
      alsoVerb.test(word) &&
      (follows ||
        /\b(?:to|he|she|they|we|you|i|who|is|are|was|stays|remains) $/.test(
          lower.slice(Math.max(0, start - 9), start),
        ));
    // "A woman doctor" is one person, "a crowd of people" as well one crowd.
    const leads =
      next !== undefined &&
      (next.start === end + 1 ||
        (noun.group !== undefined && /^ of (?:\w+ )?$/.test(lower.slice(end, next.start)))) &&
      !alsoVerb.test(lower.slice(next.start, next.end));
    if (isVerb || leads) return [];
    return phraseAt(lower, noun, { start, end, limit: next?.start ?? lower.length }) ?? [];
  });
}

/** Those a phrase speaks of: known already, or new. */
function meant(phrase: Phrase, people: Person[]): readonly number[] {
  const { noun, determiner } = phrase;
  const same = indexes(people, (one) => one.noun === noun.singular);
  if (determiner === 'other' && same.length > 1) return same.slice(1, 2);
  if (determiner === 'one' && same.length > 1) return same.slice(0, 1);
  if (determiner === 'definite' && same.length > 0) return noun.plural ? same : same.slice(-1);
  if (determiner === 'definite' && noun.group?.length === 2 && people.length > 1)
    return people.map((_, i) => i);
  if (determiner === 'definite' && generic.has(noun.singular) && !noun.plural) {
    const alike = indexes(people, ({ about }) => noun.about.trim() === '' || isAlso(noun.about, about));
    if (alike.length > 0) return alike.slice(-1);
  }
  if (
    noun.plural &&
    determiner === 'indefinite' &&
    same.length > 1 &&
    phrase.words.trim() === `${noun.singular}s`
  )
    return same;
  const members = noun.group ?? Array.from({ length: phrase.count }, () => noun.singular);
  return members.slice(0, mostInCast - people.length).map((member) => {
    const about = `${phrase.words.trim()} ${member} ${personNoun(member)?.about ?? ''}`
      .replace(/\s+/g, ' ')
      .trim();
    people.push({ noun: member, label: `${phrase.age} ${member}`.trim(), about });
    return people.length - 1;
  });
}

function isAlso(about: string, other: string): boolean {
  return new RegExp(String.raw`\b${about.trim().split(' ')[0] ?? ''}\b`).test(other);
}

function indexes(people: readonly Person[], isMeant: (one: Person) => boolean): number[] {
  return people.flatMap((one, i) => (isMeant(one) ? [i] : []));
}

function named(name: string, people: Person[]): readonly number[] {
  const known = people.findIndex(({ noun }) => noun === name);
  if (known >= 0) return [known];
  if (people.length >= mostInCast) return [];
  people.push({ noun: name, label: name, about: '' });
  return [people.length - 1];
}

const body = '(?:face|eyes?|hands?|head|back|shoulders?|hair|lips|mouth|fingers?|feet|foot|legs?|arms?)';
const pronouns: readonly (readonly [label: string, about: string, pattern: RegExp])[] = [
  ['she', 'woman', new RegExp(String.raw`\b(?:she|herself|her ${body}|her(?= *(?:[.,;:!?]|$)))\b`, 'g')],
  ['he', 'man', new RegExp(String.raw`\b(?:he|him|himself|his ${body})\b`, 'g')],
  ['they', '', new RegExp(String.raw`\b(?:they|them|themselves|their ${body})\b`, 'g')],
];
const acting =
  /\b(?:she|he|they)\b(?!(?:'s|'ve| has| have| had| is| are| just| already)* (?:left|gone|vanished|disappeared)\b)/;
const nobody =
  /\b(?:nobody|no one|no-one|not a soul|empty|deserted|unoccupied|(?:left|gone|vanished|disappeared)|without (?:him|her|them))\b/;
const together = /\b(?:each other|one another|both|together|side by side|face to face|back to back)\b/;

/** Where no noun says who, a pronoun does. */
function pronounsIn(lower: string): Reading {
  if (nobody.test(lower) && !acting.test(lower)) return { people: [], mentions: [] };
  const said = pronouns.filter(([, , pattern]) => lower.search(pattern) >= 0);
  // "He" and "she" are the two that "they" are.
  const who = said.length > 1 ? said.filter(([label]) => label !== 'they') : said;
  const people = who.flatMap(([label, about]): Person[] => {
    const one = { noun: label, label, about };
    return label === 'they' && together.test(lower) ? [one, one] : [one];
  });
  const mentions = who
    .filter(([label]) => label !== 'they')
    .flatMap(([, , pattern], i) =>
      [...lower.matchAll(pattern)]
        // "Her hand" goes on being hers.
        .filter(([words]) => !words.includes(' '))
        .map(({ 0: word, index }): Mention => ({
          start: index,
          end: index + word.length,
          who: [i],
          doing: '',
        })),
    )
    .toSorted((a, b) => a.start - b.start);
  return { people, mentions };
}

/** Who is alone in the words is whom their pronouns mean. */
function hinted(people: readonly Person[], lower: string): readonly Person[] {
  const [only] = people;
  if (only === undefined || people.length > 1 || /\b(?:wo)?man\b/.test(only.about)) return people;
  const [woman, man] = [/\b(?:she|hers?|herself)\b/.test(lower), /\b(?:he|his|him|himself)\b/.test(lower)];
  return woman === man ? people : [{ ...only, about: `${only.about} ${woman ? 'she' : 'he'}`.trim() }];
}
