/** One field of a JSON text that is another than it should be. */
export interface WrongText {
  /** In words, for the name of a test. */
  readonly what: string;
  /** From the root; of a field that was taken out, where it was. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const wrong: Readonly<Record<string, Json>> = {
  null: null,
  'a yes': true,
  'a huge number': 1e15,
  'a negative number': -1,
  'a fraction': 0.5,
  'an empty text': '',
  'a text': 'no such thing',
  'a control character': 'a\u0000b',
  'an empty list': [],
  'a list of lists': [[]],
  'an empty object': {},
};

/** Every field of a value wrong in turn, in every way above, missing, and standing twice. */
export function wrongTexts(value: Json): readonly WrongText[] {
  return [...pathsIn(value)].flatMap((path) => [
    ...Object.entries(wrong).map(([what, to]) => ({
      what: `${path.join('.')} is ${what}`,
      path,
      text: format(replaced(value, path, to)),
    })),
    {
      what: `${path.join('.')} is missing`,
      // The others of a list move up: it is the list that is too short.
      path: typeof path.at(-1) === 'number' ? path.slice(0, -1) : path,
      text: format(replaced(value, path, undefined)),
    },
    ...twice(value, path),
  ]);
}

function* pathsIn(
  value: Json,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  if (isList(value)) for (const [index, inner] of value.entries()) yield* pathsIn(inner, [...path, index]);
  else for (const [key, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, key]);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function replaced(value: Json, [step, ...rest]: readonly (string | number)[], to: Json | undefined): Json {
  if (step === undefined) return to ?? null;
  const isLast = rest.length === 0;
  if (isList(value)) {
    if (isLast && to === undefined) return value.filter((_, index) => index !== step);
    return value.map((inner, index) => (index === step ? replaced(inner, rest, to) : inner));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    if (key !== String(step)) return [[key, inner]];
    return isLast && to === undefined ? [] : [[key, replaced(inner, rest, to)]];
  });
  return Object.fromEntries(entries);
}

/** The key written a second time, which JSON does not forbid and nobody means. */
function twice(value: Json, path: readonly (string | number)[]): readonly WrongText[] {
  const key = path.at(-1);
  if (path.length !== 1 || typeof key !== 'string') return [];
  const text = format(value).replace(/\n\}\n$/, `,\n  ${JSON.stringify(key)}: 1\n}\n`);
  return [{ what: `${key} stands twice`, path, text }];
}

function format(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
