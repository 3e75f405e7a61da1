import { folderKey } from './names.ts';

export const takeStates = ['none', 'unrated', 'approved', 'rejected'] as const;
export type TakeState = (typeof takeStates)[number];

/** What is looked for in a film; everything that is named must fit. */
export interface FilmQuery {
  /** Words that stand in the shot, its scene or its address, in any order. */
  readonly words: readonly string[];
  /** Parts of names of characters that are all in the shot. */
  readonly characters: readonly string[];
  readonly location?: string;
  /** What was decided about the shot's takes; `none` where it has none. */
  readonly status?: TakeState;
  readonly stale?: boolean;
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
 * Reads what is typed: words, and `character:Ada`, `location:"Light house"`, `status:approved`, `is:stale`.
 * What has no such meaning is a word.
 */
export function parseQuery(typed: string): FilmQuery {
  const words: string[] = [];
  const characters: string[] = [];
  const rest: { location?: string; status?: TakeState; stale?: boolean } = {};
  for (const [, key = '', quoted, plain] of typed.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = quoted ?? plain ?? '';
    const status = takeStates.find((one) => one === value.toLowerCase());
    if (key === 'character') characters.push(value);
    else if (key === 'location') rest.location = value;
    else if (key === 'status' && status !== undefined) rest.status = status;
    else if (key === 'is' && value.toLowerCase() === 'stale') rest.stale = true;
    else words.push(key === '' ? value : `${key}:${value}`);
  }
  return { words: words.filter((word) => word !== ''), characters, ...rest };
}

export function isEmptyQuery({ words, characters, location, status, stale }: FilmQuery): boolean {
  return (
    words.length + characters.length === 0 && [location, status, stale].every((one) => one === undefined)
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

/** Whether a text that is in no shot is meant: by words alone. */
export function fitsWords({ words, ...rest }: FilmQuery, texts: readonly string[]): boolean {
  const text = folderKey(texts.join('\n'));
  return (
    words.length > 0 &&
    isEmptyQuery({ ...rest, words: [] }) &&
    words.every((word) => text.includes(folderKey(word)))
  );
}
