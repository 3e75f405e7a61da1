import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const resultsFolder = join(repositoryRoot, 'test-results');

const tools = join(repositoryRoot, '.tools');
const codeServer = join(tools, 'vscode/node_modules/code-server');
const oldCodeServer = join(tools, 'vscode-1.112/node_modules/code-server');

/** The newest VS Code, and the oldest that npm brings in, whose extension host is Node 22. */
export type VscodeRelease = 'newest' | '1.112';

export function isVscodeRelease(text: string): text is VscodeRelease {
  return text === 'newest' || text === '1.112';
}

/** The server of a VS Code and the Node it runs on. */
export function vscodeServerProgram(release: VscodeRelease): { node: string; script: string } {
  const script = 'lib/vscode/out/server-main.js';
  return release === 'newest'
    ? { node: process.execPath, script: required(join(codeServer, script)) }
    : { node: required(join(tools, 'node-22/bin/node')), script: required(join(oldCodeServer, script)) };
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

function required(file: string): string {
  if (existsSync(file)) return file;
  throw new Error(`VS Code for the tests is not installed (${file} is missing). Run scripts/setup.sh test.`);
}
