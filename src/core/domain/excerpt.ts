/** The beginning of a text that may be too long for a sentence, of about 100 signs unless told otherwise. */
export function excerpt(text: string, longest = 100): string {
  if (text.length <= longest) return text;
  // No sign is cut in two.
  return `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
