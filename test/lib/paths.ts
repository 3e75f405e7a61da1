import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const resultsFolder = join(repositoryRoot, 'test-results');

const codeServer = join(repositoryRoot, '.tools/vscode/node_modules/code-server');

export function vscodeServerScript(): string {
  return required(join(codeServer, 'lib/vscode/out/server-main.js'));
}

export function codeServerScript(): string {
  return required(join(codeServer, 'out/node/entry.js'));
}

/** The browser of the system, else the one that Playwright downloaded. `AUTEUR_CHROMIUM` overrides. */
export function chromiumExecutable(): string {
  const named = process.env['AUTEUR_CHROMIUM'];
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...candidates, chromium.executablePath()].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    `No Chromium was found (looked for ${names.join(', ')} on the PATH). Run scripts/setup.sh test, or set AUTEUR_CHROMIUM.`,
  );
}

function required(script: string): string {
  if (existsSync(script)) return script;
  throw new Error(
    `VS Code for the tests is not installed (${script} is missing). Run scripts/setup.sh test.`,
  );
}
