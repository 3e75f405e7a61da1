import { stripVTControlCharacters } from 'node:util';

const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uFF01-\uFF60]/u;
// C0 and C1 codes, line separators, and what turns the direction of writing, which could show a path as another.
const control =
  / ?[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff][\u0000-\u0020\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*/gu;
const nothing = /^[\p{Default_Ignorable_Code_Point}\p{Mn}]+$/u;

/** Text out of a file, fit for a terminal: no control code in a film's name may drive the user's terminal. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(control, ' ').trim();
}

/** A value in one line of JSON that cannot drive a terminal either: what JSON leaves as it is, is escaped. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns the text takes on a terminal. */
export function columns(text: string): number {
  const plain = stripVTControlCharacters(text);
  // The first segmenter of a process takes milliseconds to make.
  if (/^[\u0020-\u007e]*$/.test(plain)) return plain.length;
  return cells(plain).reduce((sum, cell) => sum + cellWidth(cell), 0);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Cuts text without colour codes to a width, ending in … where something was left out. */
export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let used = 0;
  const kept = cells(text).filter((cell) => (used += cellWidth(cell)) < width);
  return `${kept.join('')}…`;
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function cells(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

function cellWidth(cell: string): number {
  if (nothing.test(cell)) return 0;
  return wide.test(cell) ? 2 : 1;
}
