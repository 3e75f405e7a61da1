/** Translates a sentence. `{name}` stands for a value; the sentence itself is its key in `l10n/`. */
export type Translate = (message: string, values?: Readonly<Record<string, string | number>>) => string;

/** The sentence as it is written in the source. */
export const untranslated: Translate = (message, values = {}) =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
