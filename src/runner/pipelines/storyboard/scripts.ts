import { isCovered } from './glyphCoverage.ts';

/** What a run of characters without glyphs is called in its place; the first that holds one of them. */
const names: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Han}/u, 'Chinese'],
  [/\p{Script=Thai}/u, 'Thai'],
  [/\p{Script=Devanagari}/u, 'Devanagari'],
  [/\p{Script=Bengali}/u, 'Bengali'],
  [/\p{Script=Tamil}/u, 'Tamil'],
  [/\p{Script=Telugu}/u, 'Telugu'],
  [/\p{Script=Gujarati}/u, 'Gujarati'],
  [/\p{Script=Gurmukhi}/u, 'Gurmukhi'],
  [/\p{Script=Kannada}/u, 'Kannada'],
  [/\p{Script=Malayalam}/u, 'Malayalam'],
  [/\p{Script=Sinhala}/u, 'Sinhala'],
  [/\p{Script=Khmer}/u, 'Khmer'],
  [/\p{Script=Myanmar}/u, 'Burmese'],
  [/\p{Script=Tibetan}/u, 'Tibetan'],
  [/\p{Script=Ethiopic}/u, 'Ethiopic'],
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u, 'emoji'],
];
/** Shapes the characters beside it, and is nothing alone. */
const joining = /[\p{Mn}\p{Me}\p{Cf}\p{Emoji_Modifier}]/u;

/** The text with `[Thai]` or the like where the font has no glyphs, so that nobody takes boxes for words. */
export function drawable(text: string): string {
  if (Array.from(text, codeOf).every(isCovered)) return text;
  const parts: { missing: boolean; text: string }[] = [];
  for (const character of text) {
    const last = parts.at(-1);
    const joins = joining.test(character) && last !== undefined;
    const between = /[\s\u3000-\u303f\uff00-\uff0f]/u.test(character) && last?.missing === true;
    const missing = joins || between ? last.missing : !isCovered(codeOf(character));
    if (last?.missing === missing) last.text += character;
    else parts.push({ missing, text: character });
  }
  return parts.map((part) => (part.missing ? named(part.text) : part.text)).join('');
}

function named(run: string): string {
  const trimmed = run.trim();
  const found = names.filter(([script]) => script.test(trimmed)).map(([, name]) => name);
  // Japanese is written with Chinese characters too.
  const said = found.filter((name) => name !== 'Chinese' || !found.includes('Japanese'));
  // A mark that is left over, as the selector after an emoji, stands for nothing.
  if (/^[\p{Mn}\p{Me}\p{Cf}]*$/u.test(trimmed)) return '';
  return `[${said.join(', ') || 'no glyphs'}]${/\s$/u.test(run) ? ' ' : ''}`;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

const strong = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]|\p{L}/u;
const leftward = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Whether a text is read from the right, by its first letter, as everywhere in Unicode. */
export function isRightToLeft(text: string): boolean {
  return leftward.test(strong.exec(text)?.[0] ?? '');
}
