/** VS Code makes links, commands even, of `[words](command:…)` in a message; a name stays what it is. */
export function plainMessage(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}

/** VS Code draws `$(name)` in a label as an icon. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u2060(');
}

/** Text as Markdown that says just this: every sign that could mean something is written by its number. */
export function plainMarkdown(text: string): string {
  return text
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\s*\n\s*/g, '\n\n')
    .replace(/[^\S\n]+/g, ' ');
}
