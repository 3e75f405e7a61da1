import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { asEditorWrites, extension } from '../lib/extension.ts';
import { say } from '../lib/say.ts';

const Manifest = z.object({ activationEvents: z.array(z.string()) });
const { cache } = createRequire(__filename);

// All files of the suite are loaded before any test runs.
const activeAtStart = extension().isActive;

async function ourCommands(): Promise<readonly string[]> {
  return (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('auteur.'));
}

function loaded(file: string): boolean {
  const wanted = asEditorWrites(join(extension().extensionPath, 'dist', file));
  return Object.keys(cache).some((path) => asEditorWrites(path) === wanted);
}

function bundleText(): string {
  return readFileSync(join(extension().extensionPath, 'dist/extension.cjs'), 'utf8');
}

describe('activation', () => {
  it('waits until something of ours is used, in a folder without a project', async () => {
    const { activationEvents } = Manifest.parse(extension().packageJSON);
    assert.deepEqual(
      activationEvents.filter((event) => !event.startsWith('workspaceContains:')),
      // Only where a page of an earlier window is there to be brought back.
      ['onWebviewPanel:auteur.take'],
    );
    assert.equal(activeAtStart, false);
    assert.equal(extension().isActive, false);
    assert.equal(loaded('extension.cjs'), false);
    assert.ok(!(await ourCommands()).includes('auteur.shot.generateTake'));
  });

  it('is quick', async () => {
    const started = performance.now();
    await extension().activate();
    const ms = performance.now() - started;
    say(`activated in ${ms.toFixed(0)} ms`);
    assert.equal(extension().isActive, true);
    assert.ok(ms < 1000, `activation took ${ms.toFixed(0)} ms`);
  });

  it('leaves runner, renderer and Git to the studio thread', async () => {
    await extension().activate();
    assert.ok(loaded('extension.cjs'), 'the cache looked at is not the one of the extension host');
    const later = ['studio', 'render', 'commands', 'tasks', 'dragged', 'progressPage'];
    assert.deepEqual(
      later.filter((name) => loaded(`${name}.cjs`)),
      [],
    );
    const text = bundleText();
    const parts = text.match(/require\("\.\/\w+\.cjs"\)/g) ?? [];
    assert.deepEqual(
      [...new Set(parts)].sort(),
      ['commands', 'dragged', 'progressPage', 'tasks'].map((name) => `require("./${name}.cjs")`),
    );
    const heavy = ['simple-git', 'node:sqlite', 'p-queue', 'resvg', '$ZodType'];
    assert.deepEqual(
      heavy.filter((name) => text.includes(name)),
      [],
    );
  });

  it('waits for no file, no program and no other thread', () => {
    const waiting = /\b\w+Sync\b|\bAtomics\.wait\(/g;
    assert.deepEqual(bundleText().match(waiting), null);
  });
});
