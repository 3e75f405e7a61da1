import { Title } from '../model/title.ts';

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;
// Kept well under the 255 bytes a file system allows, and Windows' 260 characters for a whole path.
const maxFolderBytes = 96;
const maxNameBytes = 255;

/** Whether a typed name is accepted: 1–200 characters on one line, and something to be seen. */
export function isAcceptableName(name: string): boolean {
  return Title.safeParse(name).success;
}

/** The folders a film of this name may have, in order: two names may have one safe form ("A/B", "A:B"). */
export function* folderNames(name: string): Generator<string, never> {
  const base = safeFolderName(name);
  yield base;
  for (let count = 2; ; count++) yield `${base}_${count}`;
}

/**
 * Equal for names that some system takes for one: macOS and Windows know no case, macOS folds `ß` to `ss`,
 * older disks of macOS leave invisible characters out of account.
 */
export function folderKey(folder: string): string {
  return folder
    .normalize('NFD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}

/** A form of a name that is a folder on every system: `What: "Now"?` → `What_Now`. */
export function safeFolderName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/([<>:"/\\|?*\p{Cc}\p{Cs}\s]|(?![\u200c\u200d])\p{Cf})+/gu, '_')
    .replace(/^[._-]+|[._]+$/g, '');
  const cut = truncate(plain, maxFolderBytes).replace(/[._]+$/, '');
  if (cut === '') return 'Untitled';
  return reserved.test(cut) ? `_${cut}` : cut;
}

/** Whether every system can have a file of this name, as it is. */
export function isPortableName(name: string): boolean {
  if (name === '' || /[<>:"/\\|?*\p{Cc}\p{Cs}]/u.test(name) || /[. ]$/.test(name)) return false;
  // Some disks keep names decomposed, which takes more bytes.
  return new TextEncoder().encode(name.normalize('NFD')).length <= maxNameBytes && !reserved.test(name);
}

function truncate(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += encoder.encode(segment).length;
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return kept;
}
