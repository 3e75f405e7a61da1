import { oneLine } from './text.ts';

const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A path as it can be pasted into a shell: nothing in a folder's name is run or taken for an option's value. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  // A file name of Windows holds no quotation mark.
  if (platform === 'win32') return `"${oneLine(text)}"`;
  if (plain.test(text)) return text;
  const quoted = text.replaceAll("'", "'\\''");
  return oneLine(text) === text ? `'${quoted}'` : `$'${escaped(text)}'`;
}

/** bash and zsh read this; what is printed holds no control character. */
function escaped(text: string): string {
  return text.replace(/[\\']|[^\u0020-\u007e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x7f && code >= 0x20 ? `\\${character}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}
