import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';

/** Deeper than any film is; the parsers and schemas call themselves once for each level. */
const maxDepth = 500;

/** What is wrong with a text, in words that name the place, and where in UTF-16 units. */
export interface TextProblem {
  readonly problem: string;
  readonly offset: number;
  /** What Git leaves where it could not merge is not mended as a slip of the hand is. */
  readonly isConflict?: true;
}

/** The value of a JSON text, or what is wrong with it and where. */
export function parseJsonText(text: string): { value: unknown } | TextProblem {
  const plain = parsePlain(text);
  if (plain !== undefined) return plain;
  const problem = findProblem(text);
  if (problem !== undefined) return findConflict(text) ?? problem;
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message, offset: 0 };
  }
}

/** The text as nearly every text is, without a problem: found out in a tenth of the time that naming one takes. */
function parsePlain(text: string): { value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  // A key that stands twice is written twice and read once.
  return countKeys(value, maxDepth) === countWrittenKeys(text) ? { value } : undefined;
}

/** The keys of all objects within; not a number where it is nested deeper. */
function countKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return NaN;
  const isList = Array.isArray(value);
  const inner: readonly unknown[] = isList ? value : Object.values(value);
  return inner.reduce<number>((sum, one) => sum + countKeys(one, depth - 1), isList ? 0 : inner.length);
}

/** In JSON each key has a colon, and every other colon stands within a string. */
function countWrittenKeys(json: string): number {
  let colons = 0;
  for (let at = 0; at < json.length; at++) {
    const letter = json.charAt(at);
    if (letter === ':') colons += 1;
    else if (letter === '"') at = endOfString(json, at);
  }
  return colons;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** What Git leaves where two sides changed the same lines. */
function findConflict(text: string): TextProblem | undefined {
  const offset = /^<{7}(?= |\r?$)/m.exec(text)?.index;
  if (offset === undefined) return undefined;
  return { problem: `a merge conflict is not resolved at ${place(text, offset)}`, offset, isConflict: true };
}

class Found extends Error {
  readonly offset: number;

  constructor(what: string, offset: number) {
    super(what);
    this.offset = offset;
  }
}

/** The first thing that keeps the text from being JSON with one meaning. */
function findProblem(text: string): TextProblem | undefined {
  const fail = (what: string, offset: number): never => {
    throw new Found(`${what} at ${place(text, offset)}`, offset);
  };
  // One set of keys for each object the reader is in; an array has none.
  const open: Set<string>[] = [];
  const enter = (offset: number): void => {
    if (open.push(new Set()) > maxDepth) fail(`nested deeper than ${maxDepth} levels`, offset);
  };
  const leave = (): void => void open.pop();
  try {
    visit(
      text,
      {
        onObjectBegin: enter,
        onArrayBegin: enter,
        onObjectEnd: leave,
        onArrayEnd: leave,
        onObjectProperty: (key, offset) => {
          const keys = open.at(-1);
          if (keys?.has(key)) fail(`the key ${JSON.stringify(key)} stands twice,`, offset);
          keys?.add(key);
        },
        onError: (error, offset) => fail(words(error), offset),
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (error) {
    if (error instanceof Found) return { problem: error.message, offset: error.offset };
    throw error;
  }
  return undefined;
}

function words(error: ParseErrorCode): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
