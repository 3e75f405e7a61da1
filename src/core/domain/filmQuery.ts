import { folderKey } from './names.ts';

export const takeStates = ['none', 'unrated', 'approved', 'rejected'] as const;
export type TakeState = (typeof takeStates)[number];

/** What goes on for a shot; `failed` until something newer has followed it. */
export const jobWords = ['waiting', 'running', 'failed'] as const;
export type JobWord = (typeof jobWords)[number];

/** What may stand behind a key that takes no other word. */
const choices = { status: takeStates, is: ['stale', ...jobWords] } as const;

/** What is looked for in a film; everything that is named must fit. */
export interface FilmQuery {
  /** Words that stand in the shot, its scene, its chapter or its address, in any order. */
  readonly words: readonly string[];
  /** Parts of names of characters that are all in the shot. */
  readonly characters: readonly string[];
  readonly location?: string;
  /** What was decided about the shot's takes; `none` where it has none. */
  readonly status?: TakeState;
  readonly stale?: boolean;
  /** What must all go on; whoever knows the jobs looks at it, and nobody else. */
  readonly jobs?: readonly JobWord[];
}

/** What a shot offers to a query. */
export interface QueriedShot {
  readonly address: string;
  readonly texts: readonly string[];
  readonly characters: readonly string[];
  readonly location: string | undefined;
  readonly states: ReadonlySet<TakeState>;
  readonly stale: boolean;
}

/**
 * Reads what is typed: words, and `character:Ada`, `location:"Light house"`, `status:approved`, `is:stale`, `is:running`.
 * What has no such meaning is a word.
 */
export function parseQuery(typed: string): FilmQuery {
  const words: string[] = [];
  const characters: string[] = [];
  const jobs: JobWord[] = [];
  const rest: { location?: string; status?: TakeState; stale?: boolean } = {};
  for (const { key, value } of termsOf(typed)) {
    const wanted = value.toLowerCase();
    const status = takeStates.find((one) => one === wanted);
    const job = jobWords.find((one) => one === wanted);
    if (key === 'character') characters.push(value);
    else if (key === 'location') rest.location = value;
    else if (key === 'status' && status !== undefined) rest.status = status;
    else if (key === 'is' && job !== undefined) jobs.push(job);
    else if (key === 'is' && wanted === 'stale') rest.stale = true;
    else words.push(key === '' ? value : `${key}:${value}`);
  }
  return {
    words: words.filter((word) => word !== ''),
    characters,
    ...rest,
    ...(jobs.length === 0 ? {} : { jobs }),
  };
}

interface Term {
  /** Empty before a word that stands alone. */
  readonly key: string;
  readonly value: string;
}

function termsOf(typed: string): readonly Term[] {
  const found = [...typed.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)];
  return found.map(([, key = '', quoted, plain]) => ({ key, value: quoted ?? plain ?? '' }));
}

/** The first of what is typed that names what there is none of, with what there is; in quotation marks it is a word. */
export function unknownTerm(typed: string): (Term & { readonly known: readonly string[] }) | undefined {
  // Behind a key there may be nothing yet.
  const terms = termsOf(typed.replaceAll(/(?<!\S)(status|is):(?!\S)/g, '$1:""'));
  for (const { key, value } of terms) {
    if (key !== 'status' && key !== 'is') continue;
    const known: readonly string[] = choices[key];
    if (!known.includes(value.toLowerCase())) return { key, value, known };
  }
  return undefined;
}

export function isEmptyQuery({ words, characters, location, status, stale, jobs }: FilmQuery): boolean {
  return (
    words.length + characters.length === 0 &&
    [location, status, stale, jobs].every((one) => one === undefined)
  );
}

/** Letters count and not their case or Unicode form. */
export function fitsQuery(query: FilmQuery, shot: QueriedShot): boolean {
  const text = folderKey([shot.address, ...shot.texts].join('\n'));
  const names = shot.characters.map(folderKey);
  return (
    query.words.every((word) => text.includes(folderKey(word))) &&
    query.characters.every((wanted) => names.some((name) => name.includes(folderKey(wanted)))) &&
    (query.location === undefined || folderKey(shot.location ?? '').includes(folderKey(query.location))) &&
    (query.status === undefined || shot.states.has(query.status)) &&
    (query.stale === undefined || shot.stale)
  );
}

/** Whether a text that is in no shot is meant, of a beat, a scene or a chapter: by words alone. */
export function fitsWords({ words, ...rest }: FilmQuery, texts: readonly string[]): boolean {
  const text = folderKey(texts.join('\n'));
  return (
    words.length > 0 &&
    isEmptyQuery({ ...rest, words: [] }) &&
    words.every((word) => text.includes(folderKey(word)))
  );
}
