import { numbers, type PersonNoun } from './peopleWords.ts';

/** A noun of people with what belongs to it. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly noun: PersonNoun;
  /** From the determiner to the noun, and what follows of clothes and hair. */
  readonly words: string;
  /** Age, as a label shows it. */
  readonly age: string;
  /** What an adjective says that somebody does: "a sleeping man". */
  readonly doing: string;
  readonly determiner: 'definite' | 'indefinite' | 'one' | 'other';
  readonly count: number;
}

const definite = new Set('the this that these those his her their its my our your both all'.split(' '));
const indefinite = new Set('a an another one each every single'.split(' '));
/** Never within a noun phrase before its noun. */
const stops = new Set(
  'in on at of to by for with from into onto over under past behind beside between near and or but while as who whom which when where then if than is are was were be has have had he she they it we you i him them us there here only just alone outside inside nearby see sees watch watches follow follows like no not any without'.split(
    ' ',
  ),
);
const looks =
  /^(?:old|older|young|younger|elderly|little|small|tall|short|thin|slim|skinny|fat|stout|burly|big|huge|pale|dark|tired|lonely|sad|happy|angry|nervous|quiet|weary|frail|bald|bearded|blond|blonde|elegant|beautiful|handsome|red-haired|grey-haired|middle-aged|armed|hooded|masked|other|second|third|first|dead|drunk|poor|rich|\p{L}+ing|seated)$/u;
const ages = /^(?:old|older|young|younger|elderly|little)$/;
/** Of what is no person: "a stone figure". */
const lifeless =
  /^(?:stone|wax|wooden|toy|bronze|marble|plastic|painted|carved|cardboard|imaginary|invisible|absent|missing|action|porcelain)$/;
const doings =
  /^(?:sleeping|sitting|seated|kneeling|crouching|standing|lying|running|walking|dancing|waving|reading|dead|unconscious)$/;

const pictures = String.raw`(?:portrait|photo|photograph|picture|painting|poster|statue|bust|sculpture|drawing|sketch|image|mural|mannequin|billboard|postcard)s?`;
/** Before somebody who is not there. */
const absentBefore = new RegExp(
  String.raw`(?:\b(?:no|not|without|never|hardly|pov of|nor|any|like|unlike|than|about|become|becomes|instead of|devoid of|empty of|free of|void of|for want of|${pictures} (?:of|shows?|showing|depicting|with)|(?:wait|look|search|long|mourn|call)(?:s|es|ed|ing)? for|(?:think|dream)(?:s|ing|t)? (?:of|about)|remember(?:s|ed|ing)?|miss(?:es|ed|ing)|(?:letter|call|news|word|message|gift|note)s? (?:from|to|of)|belong(?:s|ed|ing)? to|(?:voice|shadow|footstep|memory|memorie|ghost|grave|sound|laughter|trace)s? of)|n't)\s+$`,
  'u',
);
const absentAfter = new RegExp(
  String.raw`^(?: (?:is|are|was|were|has|have|had)(?: \w+)? (?:gone|left|vanished|disappeared|missing|absent|nowhere)\b| (?:is|are)(?: not|n't) (?:here|there)\b| once\b| (?:on|in) (?:the|an?|his|her|this|that) (?:\w+ )?(?:${pictures}|tv|television|radio|screen|frame)\b)`,
);
/** "Child seat": what belongs to somebody rather than somebody. */
const thing = new RegExp(
  String.raw`^ (?:${pictures}|seat|chair|car|house|home|bed|room|table|dinner|album|carriage|dog|rail|post|tower|station|uniform|clothes|gloves|size|sized|light|book|hat|shoes|toys?|bottle|crib|mask|costume|voices?|cave|business|name|tomb|grave|tree|heirloom|eight|shot|pov|shop|counter|knife|bag|of eight)\b`,
);
const ofBody =
  /^(?:'s|s'|') (?:\w+ )?(?:face|eyes?|hands?|head|back|shoulders?|hair|lips|mouth|fingers?|feet|foot|legs?|arms?|silhouette|figure|profile|reflection)\b/;

/** The phrase around a noun; undefined where nobody stands before the camera. `text` is in lower case. */
export function phraseAt(
  text: string,
  noun: PersonNoun,
  { start, end, limit }: { start: number; end: number; limit: number },
): Phrase | undefined {
  const after = text.slice(end, Math.min(text.length, end + 80));
  if (absentAfter.test(after) || thing.test(after) || (/^s?'/.test(after) && !ofBody.test(after)))
    return undefined;
  const { words, from } = walkBack(text, start);
  if (words.some((word) => lifeless.test(word))) return undefined;
  if (absentBefore.test(text.slice(Math.max(0, from - 40), from))) return undefined;
  const quantity = quantityBefore(text.slice(Math.max(0, from - 30), from));
  const first = words[0] ?? '';
  return {
    start: from - (quantity?.length ?? 0),
    end: end + companion(text.slice(end, limit)),
    noun,
    words: [
      words.filter((word) => !definite.has(word)).join(' '),
      text.slice(start, end),
      wornAfter(text.slice(end, Math.min(limit, end + 90))),
    ]
      .join(' ')
      .replace(/[- ]years?[- ]old/g, ''),
    age: words.find((word) => ages.test(word)) ?? '',
    doing: words.find((word) => doings.test(word)) ?? '',
    determiner: determinerOf(words, first),
    count: countOf(words, noun, quantity?.count),
  };
}

function determinerOf(words: readonly string[], first: string): Phrase['determiner'] {
  if (words.some((word) => /^(?:other|another|second|third)$/.test(word))) return 'other';
  if (first === 'one') return 'one';
  return definite.has(first) ? 'definite' : 'indefinite';
}

function countOf(words: readonly string[], { singular, plural }: PersonNoun, grouped?: number): number {
  if (!plural) return grouped ?? 1;
  const said = words.find((word) => numbers[word] !== undefined || /^\d{1,3}$/.test(word));
  if (said === undefined) return grouped ?? (singular === 'lover' ? 2 : 3);
  return numbers[said] ?? Math.max(1, Number(said));
}

const aWord = /(?<![\p{L}\p{N}'-])([\p{L}\p{N}'-]{1,30})(,?)\s$/u;

/** The determiner and the adjectives before a noun. */
function walkBack(text: string, start: number): { words: string[]; from: number } {
  const words: string[] = [];
  let from = start;
  while (words.length < 7) {
    const [all = '', word = '', comma] = aWord.exec(text.slice(Math.max(0, from - 34), from)) ?? [];
    if (all === '' || stops.has(word) || (comma === ',' && (words.length === 0 || !looks.test(word)))) break;
    words.unshift(word);
    from -= all.length;
    if (definite.has(word) || indefinite.has(word)) return { words, from };
  }
  // Without a determiner whatever is no adjective belongs to something else.
  const isOwn = (word: string) => looks.test(word) || numbers[word] !== undefined || /^\d+$/.test(word);
  const own = words.slice(words.findLastIndex((word) => !isOwn(word)) + 1);
  return { words: own, from: start - lengthOf(text, start, own.length) };
}

/** Of so many words before a place, with what is between them. */
function lengthOf(text: string, start: number, count: number): number {
  let from = start;
  for (let i = 0; i < count; i += 1)
    from -= aWord.exec(text.slice(Math.max(0, from - 34), from))?.[0].length ?? 0;
  return start - from;
}

const quantities: Readonly<Record<string, number>> = {
  couple: 2,
  pair: 2,
  trio: 3,
  handful: 4,
  group: 4,
  row: 4,
  line: 4,
  gang: 4,
  band: 4,
  dozens: 9,
  hundreds: 9,
  crowd: 8,
  queue: 5,
};

/** "A group of", before people. */
function quantityBefore(text: string): { count: number; length: number } | undefined {
  const [all = '', word = ''] = /(?:\b(?:an?|the) )?(?:\w{1,9} )?\b([a-z]{4,8}) of $/.exec(text) ?? [];
  const count = Object.hasOwn(quantities, word) ? quantities[word] : undefined;
  return count === undefined ? undefined : { count, length: all.length };
}

const aged = /^,? (?:of|aged|in (?:his|her)(?: late| early| mid)?) (?:sixt|sevent|eight(?:y|ie)|ninet)/;

/** Age, clothes and hair said after the noun. */
function wornAfter(text: string): string {
  if (aged.test(text)) return 'old';
  return /^,? (?:in|with|wearing|dressed|clad) [^.;:!?]*/.exec(text)?.[0] ?? '';
}

/** "A man with a beard and a woman" do together what comes then: how long the beard is in the text. */
function companion(text: string): number {
  const worn =
    /^((?:,? (?:in|with|wearing)(?: [\p{L}-]{1,20}){0,3}) [\p{L}-]{1,20}) and (?:[\p{L}-]{1,20} ){0,3}$/u;
  const said = worn.exec(text)?.[1] ?? '';
  return /(?<!s)s$|ing$|ed$/.test(said) ? 0 : said.length;
}
