import * as z from 'zod/mini';

/** A character of a reader may be any number of code units: this bounds what one can hide. */
const maxUnits = 4000;

// The braille blank is drawn as nothing, though Unicode counts it among the symbols.
const visible = /[^\s\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

const length = 'must have 1 to 200 characters';

/** A name or title as it is typed: one line of 1 to 200 characters as a reader counts them. */
export const Title = z.string().check(
  z.minLength(1, length),
  z.maxLength(maxUnits, length),
  z.regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'must be one line, without control characters'),
  z.regex(/\S/, 'must not be only spaces'),
  z.refine((text) => visible.test(text), 'must not be only invisible characters'),
  z.refine((text) => !/\p{Cs}/u.test(text), 'must be whole Unicode characters'),
  z.refine(hasReadableLength, length),
);

/** A family emoji is one. */
function hasReadableLength(text: string): boolean {
  if (text.length > maxUnits) return false;
  // In ASCII a code unit is a character, and the first segmenter of a process takes milliseconds to make.
  if (/^\p{ASCII}*$/u.test(text)) return text.length <= 200;
  return [...new Intl.Segmenter().segment(text)].length <= 200;
}
