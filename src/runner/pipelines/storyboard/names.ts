/** A character is known by the whole name and by its parts. */
export function formsOf(name: string): readonly string[] {
  const whole = name.trim();
  const parts = whole.split(/\s+/u).filter((part) => part.length > 2 && !titles.test(part));
  return [...new Set([whole, ...parts])].filter((form) => form !== '' && form.length < 100);
}

const titles = /^(?:the|old|young|mrs?|dr|von|van|der)\.?$/iu;

/** For use in a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
