import { linesOf } from './filmText.ts';

const headingStart = /^(int|ext|est|i\/e)[./\s-]/i;
const plainCue = /^[A-Z][A-Z0-9 .'-]*$/;

/** Words of a title, a section or a slug line: no note and no boneyard begins in them. */
export function fountainWords(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\[(?=\[)/g, '[ ')
    .replace(/\](?=\])/g, '] ')
    .replace(/\/(?=\*)/g, '/ ')
    .replace(/\*(?=\/)/g, '* ');
}

/** Emphasis, notes and boneyards are characters as others are. */
function escaped(line: string): string {
  return fountainWords(line.replace(/[*_\\]/g, '\\$&'));
}

/** Paragraphs of action; a line that would be read as something else is forced to be action. */
export function fountainAction(text: string): readonly string[] {
  const paragraphs: string[][] = [[]];
  for (const line of linesOf(text)) {
    if (line === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(action(escaped(line)));
  }
  return paragraphs.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
}

function action(line: string): string {
  const isCaps = line === line.toUpperCase();
  return /^[.@>~#=!]/.test(line) || headingStart.test(line) || isCaps ? `!${line}` : line;
}

/** The line that says who speaks; what would not be read as a name is forced to be one. */
export function cueOf(name: string): string {
  const words = fountainWords(name).replace(/[\s^]+$/, '');
  const caps = words.toUpperCase();
  if (plainCue.test(caps) && !headingStart.test(`${caps} `)) return caps;
  return `@${words === '' ? 'VOICE' : words}`;
}

/** What is said. An empty line within it holds two spaces, so that it does not end the speech. */
export function fountainDialogue(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return lines
    .slice(first, last + 1)
    .map((line) => (line === '' ? '  ' : spoken(escaped(line))))
    .join('\n');
}

/** Dialogue cannot be forced; a backslash keeps its first character from being a sign. */
function spoken(line: string): string {
  return /^([@>~#=!]|\.(?!\.))/.test(line) ? `\\${line}` : line;
}
