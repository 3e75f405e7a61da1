import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import * as z from 'zod';
import { eventually } from '../lib/eventually.ts';
import { extension } from '../lib/extension.ts';

const { version } = z.object({ version: z.string() }).parse(extension().packageJSON);
const setting = 'auteur.workspace.path';

/** What a new terminal gets, asked from a terminal. */
async function inTerminal(variable: string): Promise<string> {
  const file = vscode.Uri.joinPath(extension().extensionUri, 'dist-test', `${variable}.${Date.now()}.txt`);
  const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
  try {
    terminal.sendText(`printf '<%s>' "$${variable}" > '${file.fsPath}'`);
    return await eventually(`the terminal's ${variable}`, async () => {
      const text = await read(file);
      return text.endsWith('>') ? text.slice(1, -1) : undefined;
    });
  } finally {
    terminal.dispose();
    await vscode.workspace.fs.delete(file);
  }
}

async function read(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // Not written yet.
    return '';
  }
}

async function setWorkspace(value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}

describe('a terminal', () => {
  before(() => extension().activate());

  it('has the command first on its PATH', async () => {
    const first = await eventually('our folder on the PATH', async () => {
      const [folder = ''] = (await inTerminal('PATH')).split(delimiter);
      return folder.includes(extension().id.toLowerCase()) ? folder : undefined;
    });
    const { stdout } = await promisify(execFile)(join(first, 'auteur'), ['--version']);
    assert.equal(stdout, `${version}\n`);
  });

  it('is told the workspace that the window has set, and no other', async () => {
    const before = await inTerminal('AUTEUR_WORKSPACE');
    assert.equal(before, process.env['AUTEUR_WORKSPACE'] ?? '');
    await setWorkspace('/films of mine');
    try {
      await eventually('the setting in a terminal', async () =>
        (await inTerminal('AUTEUR_WORKSPACE')) === '/films of mine' ? true : undefined,
      );
    } finally {
      await setWorkspace(undefined);
    }
    await eventually('the terminal as before', async () =>
      (await inTerminal('AUTEUR_WORKSPACE')) === before ? true : undefined,
    );
  });
});
