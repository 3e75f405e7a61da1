// What a terminal takes for a key, and what shows a line as another: C0 and C1 codes, line separators, directions.
const control = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
// zsh takes a word that starts with an equals sign for the name of a program.
const plain = /^(?!=)[A-Za-z0-9_@%+=:,./-]+$/;
// PowerShell has a meaning of its own for more of them.
const plainOnWindows = /^[A-Za-z0-9_:./-]+$/;
// Within quotation marks cmd reads %, PowerShell the dollar, the backtick and typographic quotation marks.
const readOnWindows = /["%$`\u201c-\u201e]|\\$/;

/** Whether a command line may be put into a terminal: no character of it is a key there, or hides another. */
export function isTypeable(text: string): boolean {
  return !control.test(text);
}

/**
 * A path as one word of the user's shell: nothing in a folder's name is run, and it holds no control character.
 * Undefined where no way of writing it is read alike by the shells of the system.
 */
export function shellWord(text: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return windowsWord(text);
  if (plain.test(text)) return text;
  return isTypeable(text) ? `'${text.replaceAll("'", "'\\''")}'` : `$'${escaped(text)}'`;
}

function windowsWord(text: string): string | undefined {
  if (plainOnWindows.test(text)) return text;
  return isTypeable(text) && !readOnWindows.test(text) ? `"${text}"` : undefined;
}

/** bash and zsh read this, as bytes, whatever the locale. */
function escaped(text: string): string {
  return text.replace(/[\\']|[^\u0020-\u007e]/gu, (character) =>
    /[\\']/.test(character) ? `\\${character}` : [...new TextEncoder().encode(character)].map(hex).join(''),
  );
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
