/** What reverses or embeds other text, drives a terminal or breaks a line. Line feeds are left to the caller. */
const controls = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/gu;
/** Letters and marks that run from right to left, by the blocks Unicode keeps for them. */
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** Text that a program reads again: it drives no terminal and breaks no line, and is left as it is else. */
export function withoutControls(text: string): string {
  return text.replace(controls, ' ');
}

/** A name as it may stand in a line with other text: it cannot turn the text around it, nor hide what it says. */
export function legible(text: string): string {
  const plain = withoutControls(text);
  return rightToLeft.test(plain) ? `${firstStrongIsolate}${plain}${popIsolate}` : plain;
}

/** The same for each line of a longer text. */
export function legibleLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(legible)
    .join('\n');
}
