import type { Panel } from '../../../core/model/panel.ts';
import type { Point } from './geometry.ts';
import { escaped } from './names.ts';
import { paper } from './palette.ts';
import { isRightToLeft } from './scripts.ts';
import { drawInColumn, fit, measure, plain, wrap, type TextStyle } from './text.ts';

export interface Speech {
  /** In capitals; empty where nobody is named. */
  readonly speaker: string;
  readonly words: string;
}

/** One row of the slate; the speaker stands before the first of a speech. */
export interface SpeechRow {
  readonly speaker: string;
  readonly indent: number;
  readonly text: string;
  /** Read from the right. */
  readonly fromRight: boolean;
}

const spoken: TextStyle = { size: 22, fill: paper.accent };
const named: TextStyle = { ...spoken, weight: 'bold' };
const longest = 4000;

/** `EMIL: …`, `OLD MAN (off): …`: a name of the cast or up to three words in capitals, a remark, a colon. */
function cueOf(names: readonly string[]): RegExp {
  const known = names.map((name) => `${name.toUpperCase()}|`).join('');
  return new RegExp(
    String.raw`(?<=^|\s)((?:${known}(?:\p{Lu}[\p{Lu}\d.'’-]* ){0,2}\p{Lu}[\p{Lu}\d'’-]+)(?: \([^()\n]{1,30}\))?):(?=\s)`,
    'gu',
  );
}

/** Who says what, in order; a text without speakers is one speech of nobody. */
export function speechesOf({ dialogue = '', characters }: Pick<Panel, 'dialogue' | 'characters'>): Speech[] {
  const names = namesOf(characters);
  const text = namesInCapitals(dialogue.slice(0, longest), names);
  const cues = [...text.matchAll(cueOf(names))];
  const before: Speech = { speaker: '', words: text.slice(0, cues[0]?.index) };
  const after = cues.map((match, i): Speech => ({
    speaker: plain(match[1] ?? ''),
    words: text.slice(match.index + match[0].length, cues[i + 1]?.index),
  }));
  return [before, ...after]
    .map(({ speaker, words }) => ({ speaker, words: unquoted(plain(words)) }))
    .filter(({ words }) => words !== '');
}

/** As far as there are rows: every speech begins one, and those too long for it get a second while rows last. */
export function layOutDialogue(
  panel: Pick<Panel, 'dialogue' | 'characters'>,
  { width, rows }: { width: number; rows: number },
): SpeechRow[] {
  const speeches = speechesOf(panel);
  const shown = speeches.slice(0, rows);
  let spare = rows - shown.length;
  return shown.flatMap(({ speaker, words }, i) => {
    const name = fit(speaker, width * 0.3, named);
    const indent = name === '' ? 0 : measure(`${name}  `, named.size, 'bold');
    const isCut = i === shown.length - 1 && speeches.length > shown.length;
    const lines = wrap(`“${words}”${isCut ? ' …' : ''}`, width - indent, 1 + Math.min(spare, 1), spoken);
    spare -= lines.length - 1;
    const fromRight = isRightToLeft(words);
    return lines.map((text, row) => ({ speaker: row === 0 ? name : '', indent, text, fromRight }));
  });
}

export function drawSpeechRow(
  { speaker, indent, text, fromRight }: SpeechRow,
  [x, y]: Point,
  width: number,
): string {
  const name = speaker === '' ? '' : drawInColumn(speaker, { x, y, width, fromRight }, named);
  const words = { x: fromRight ? x : x + indent, y, width: width - indent, fromRight };
  return name + drawInColumn(text, words, spoken);
}

/** Whole and first names, for use in a regular expression. */
function namesOf(characters: Panel['characters']): readonly string[] {
  return characters
    .slice(0, 20)
    .map(({ name }) => plain(name))
    .flatMap((name) => [name, name.split(' ')[0] ?? ''])
    .filter((name) => name !== '' && name.length < 60)
    .map(escaped);
}

/** A character's name that begins a line is a cue however it is written. */
function namesInCapitals(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  const atStart = new RegExp(`^[ \\t]*(?:${names.join('|')})(?=(?: \\([^()\\n]{1,30}\\))?:\\s)`, 'gimu');
  return text.replace(atStart, (name) => name.toUpperCase());
}

function unquoted(words: string): string {
  return /^["“„«][^"“”„«»]*["”“»]$/u.test(words) ? words.slice(1, -1).trim() : words;
}
