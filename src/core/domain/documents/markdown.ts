import { linesOf } from './filmText.ts';

/** A text as it is, wherever it stands in a line of Markdown: nothing in it begins a heading, a list or a comment. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Paragraphs of a longer text. */
export function markdownParagraphs(text: string | undefined): readonly string[] {
  const paragraphs: string[][] = [[]];
  for (const line of linesOf(text)) {
    if (line === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(markdownText(line));
  }
  // Two spaces keep the break that the user typed.
  return paragraphs.filter(({ length }) => length > 0).map((lines) => lines.join('  \n'));
}

/** A table; its cells are text already escaped. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Blocks of a document with an empty line between them. */
export function joinBlocks(blocks: readonly (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}
