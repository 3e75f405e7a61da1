import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Names the folder in which the tests keep the films that they copy. */
export const filmsVariable = 'AUTEUR_TEST_FILMS';

/** Run by Vitest before all tests; what it gives back, after them. */
export default function makeFilmsFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'auteur-films-'));
  process.env[filmsVariable] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
