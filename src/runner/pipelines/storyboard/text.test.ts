import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCovered } from './glyphCoverage.ts';
import { glyphWidth, type Weight } from './glyphWidths.ts';
import { isRightToLeft } from './scripts.ts';
import { drawText, escapeXml, fit, measure, plain, wrap, type TextStyle } from './text.ts';

const style: TextStyle = { size: 20, fill: '#000' };

describe('plain', () => {
  it('drops what XML cannot hold and what turns the page around', () => {
    expect(plain('a\u0000b\u001b[0m\r\n\tc\u202e d\ud800e\uffff')).toBe('ab[0m c de');
  });
});

describe('escapeXml', () => {
  it('leaves no mark-up', () => {
    expect(escapeXml(`<script>&"'`)).toBe('&#60;script&#62;&#38;&#34;&#39;');
  });
});

describe('wrap', () => {
  it('breaks at spaces and keeps every word', () => {
    const text = 'Ada climbs the last steps of the lighthouse and finds the lamp burning.';
    const lines = wrap(text, 200, 20, style);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(measure(line, style.size)).toBeLessThanOrEqual(200);
  });

  it('ends with an ellipsis where lines run out', () => {
    const lines = wrap('word '.repeat(200), 200, 3, style);
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/…$/);
    expect(measure(lines.at(-1) ?? '', style.size)).toBeLessThanOrEqual(200);
  });

  it('breaks a word that is longer than a line', () => {
    const lines = wrap('x'.repeat(10_000), 200, 4, style);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(measure(line, style.size)).toBeLessThanOrEqual(200);
  });

  it('has no lines for nothing', () => {
    expect(wrap(' \n\t', 200, 3, style)).toEqual([]);
    expect(wrap('text', 200, 0, style)).toEqual([]);
  });

  it('never parts a character from its second half', () => {
    expect(wrap('😀'.repeat(50), 100, 3, style).join('')).not.toMatch(/\p{Cs}/u);
  });
});

describe('fit', () => {
  it('leaves alone what fits', () => {
    expect(fit('Short', 200, style)).toBe('Short');
  });
});

describe('glyphWidth', () => {
  it.each([
    ['regular', 'DejaVuSans.ttf'],
    ['bold', 'DejaVuSans-Bold.ttf'],
  ] as const)('is what the %s font says', (weight: Weight, file) => {
    const font = readFileSync(
      join(import.meta.dirname, '../../../../node_modules/dejavu-fonts-ttf/ttf', file),
    );
    const text = 'The quick brown fox, 0123456789 — ÄÖÜßéñçŁž ΑΩαω Жзюя';
    for (const character of text.replace('—', '')) {
      const real = advance(font, character.codePointAt(0) ?? 0);
      expect(glyphWidth(character, weight) - real).toBeGreaterThanOrEqual(0);
      expect(glyphWidth(character, weight) - real).toBeLessThan(0.0101);
    }
  });
});

/** The advance width in the font's own tables (cmap format 12, hmtx), in ems. */
function advance(font: Buffer, code: number): number {
  const table = (name: string) => tableOf(font, name);
  const format12 = format12Of(font, table('cmap'));
  const group =
    Array.from({ length: font.readUInt32BE(format12 + 12) }, (_, i) => format12 + 16 + 12 * i).find(
      (o) => code >= font.readUInt32BE(o) && code <= font.readUInt32BE(o + 4),
    ) ?? 0;
  const glyph = font.readUInt32BE(group + 8) + code - font.readUInt32BE(group);
  return (
    font.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, font.readUInt16BE(table('hhea') + 34) - 1)) /
    font.readUInt16BE(table('head') + 18)
  );
}

describe('what the font does not hold', () => {
  it.each([
    ['Mai opens: ไทย 日本語のテキスト 🎬👩‍🚀 and closes.', 'Mai opens: [Japanese, Thai, emoji] and closes.'],
    ['你好', '[Chinese]'],
    ['안녕, Ada', '[Korean], Ada'],
    ['Ada ✓ 😀', 'Ada ✓ 😀'],
    ['ليلى', 'ليلى'],
    ['a\ufe0fb', 'ab'],
  ])('is named in %j', (text, shown) => {
    expect(plain(text).replaceAll('\ufe0f', '')).toBe(shown);
  });

  it('is what the font says', () => {
    const font = readFileSync(
      join(import.meta.dirname, '../../../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    );
    const held = codesOf(font);
    for (let code = 0x20; code < 0x20000; code += 1)
      if (isCovered(code) !== held.has(code)) expect.unreachable(`U+${code.toString(16)}`);
  });
});

describe('a text that is read from the right', () => {
  it.each([
    ['ليلى تفتح Studio 54', true],
    ['(05:30) דנה', true],
    ['Ada says שלום', false],
    ['1234', false],
  ])('is known by its first letter: %j', (text, fromRight) => {
    expect(isRightToLeft(text)).toBe(fromRight);
    const drawn = drawText(text, [0, 0], style);
    expect(drawn.includes('>\u202b')).toBe(fromRight);
    expect(drawn.includes('\u202c<')).toBe(fromRight);
  });

  it('keeps its words in the order they are said', () => {
    const text = 'تفتح ليلى الباب ببطء وتنظر إلى آخر الشارع ثم تعود وتجلس';
    expect(wrap(text, 200, 20, style).join(' ')).toBe(text);
  });
});

/** Every code of a font's cmap (format 12). */
function codesOf(font: Buffer): Set<number> {
  const cmap = tableOf(font, 'cmap');
  const format12 = format12Of(font, cmap);
  const codes = new Set<number>();
  for (let group = 0; group < font.readUInt32BE(format12 + 12); group += 1) {
    const at = format12 + 16 + 12 * group;
    for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code += 1) codes.add(code);
  }
  return codes;
}

function tableOf(font: Buffer, name: string): number {
  const at = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i).find(
    (o) => font.toString('latin1', o, o + 4) === name,
  );
  return font.readUInt32BE((at ?? 0) + 8);
}

function format12Of(font: Buffer, cmap: number): number {
  const tables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  );
  return tables.find((o) => font.readUInt16BE(o) === 12) ?? 0;
}
