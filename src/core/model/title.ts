import * as z from 'zod';

/** A character of a reader may be any number of code units: this bounds what one can hide. */
const maxUnits = 4000;

// The braille blank is drawn as nothing, though Unicode counts it among the symbols.
const visible = /[^\s\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A name or title as it is typed: one line of 1 to 200 characters as a reader counts them. */
export const Title = z
  .string()
  .min(1)
  .max(maxUnits)
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'must be one line, without control characters')
  .regex(/\S/, 'must not be only spaces')
  .refine((text) => visible.test(text), 'must not be only invisible characters')
  .refine((text) => !/\p{Cs}/u.test(text), 'must be whole Unicode characters')
  .refine(hasReadableLength, 'must have 1 to 200 characters');

/** A family emoji is one. */
function hasReadableLength(text: string): boolean {
  return text.length <= maxUnits && [...new Intl.Segmenter().segment(text)].length <= 200;
}
