import { basename } from 'node:path';

/** What the archive of a film is called, unless somebody says otherwise. */
export function archiveName(root: string): string {
  return `${basename(root)}.auteur.tar`;
}
