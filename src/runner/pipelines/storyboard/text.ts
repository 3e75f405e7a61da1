import { num, type Point } from './geometry.ts';
import { glyphWidth, type Weight } from './glyphWidths.ts';
import { drawable, isRightToLeft } from './scripts.ts';

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** More than any panel can show; keeps a novel in a description from costing time. */
const longest = 4000;

/**
 * One line of characters XML can hold and the font can draw: controls and broken surrogates dropped, white space
 * single.
 */
export function plain(text: string): string {
  const line = text
    .slice(0, longest)
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu, '');
  return drawable(line).trim();
}

export function escapeXml(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function measure(text: string, size: number, weight: Weight = 'regular'): number {
  let width = 0;
  for (const character of text) width += glyphWidth(character, weight);
  return width * size;
}

/** The text cut to the width, with an ellipsis where something is missing. */
export function fit(text: string, width: number, style: TextStyle): string {
  const line = plain(text);
  if (measure(line, style.size, style.weight) <= width) return line;
  return `${cut(line, width - measure('…', style.size, style.weight), style).trimEnd()}…`;
}

/** Broken at spaces (a word longer than a line anywhere), at most `maxLines`, the last with an ellipsis if cut. */
export function wrap(text: string, width: number, maxLines: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let rest = plain(text);
  while (rest !== '' && lines.length < maxLines) {
    if (lines.length === maxLines - 1) return [...lines, fit(rest, width, style)];
    const line = firstLine(rest, width, style);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

/** A line at a place, each in the direction it is read. */
export function drawText(text: string, [x, y]: Point, style: TextStyle): string {
  const weight = style.weight === 'bold' ? ' font-weight="700"' : '';
  const anchor =
    style.anchor === undefined || style.anchor === 'start' ? '' : ` text-anchor="${style.anchor}"`;
  const place = `x="${num(x)}" y="${num(y)}" font-size="${num(style.size)}"`;
  // The renderer orders a line as if it began from the left, unless an embedding says otherwise.
  const [open, close] = isRightToLeft(text) ? ['\u202b', '\u202c'] : ['', ''];
  return `<text ${place}${weight}${anchor} fill="${style.fill}">${open}${escapeXml(text)}${close}</text>`;
}

/** A line in a column: from its left edge, or where the whole text is read from the right, to its right edge. */
export function drawInColumn(
  text: string,
  { x, y, width, fromRight }: { x: number; y: number; width: number; fromRight: boolean },
  style: TextStyle,
): string {
  return fromRight
    ? drawText(text, [x + width, y], { ...style, anchor: 'end' })
    : drawText(text, [x, y], style);
}

function firstLine(text: string, width: number, style: TextStyle): string {
  const most = cut(text, width, style);
  if (most.length === text.length) return text;
  const space = text.lastIndexOf(' ', most.length);
  return space > 0 ? text.slice(0, space) : most;
}

/** As many whole characters as fit, at least one. */
function cut(text: string, width: number, style: TextStyle): string {
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += glyphWidth(character, style.weight ?? 'regular') * style.size;
    if (used > width && end > 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
