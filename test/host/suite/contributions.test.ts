import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { commandIds, views } from '../../../src/providers/contributions.ts';
import { extension } from '../lib/extension.ts';

const Command = z.object({ command: z.string(), title: z.string(), category: z.string() });
const Manifest = z.object({ contributes: z.object({ commands: z.array(Command) }) });
const Words = z.record(z.string(), z.string());

function contributed(): readonly z.infer<typeof Command>[] {
  return Manifest.parse(extension().packageJSON).contributes.commands;
}

/** VS Code itself makes some commands for every view, `auteur.projects.focus` for instance. */
function belongsToView(id: string): boolean {
  const own = /\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/;
  return !commandIds.includes(id) && Object.values(views).some((view) => id.replace(own, '') === view);
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('contributions', () => {
  before(async () => {
    await extension().activate();
  });

  it('are the commands that are registered, no more and no fewer', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('auteur.'));
    assert.deepEqual(
      registered.filter((id) => !belongsToView(id)).sort(),
      contributed()
        .map(({ command }) => command)
        .sort(),
    );
  });

  it('are shown in words, each from package.nls.json', () => {
    const file = join(extension().extensionPath, 'package.nls.json');
    const words = Words.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const { command, title, category } of contributed()) {
      assert.equal(title, words[command.replace(/^auteur/, 'command')]);
      assert.equal(category, words['command.category']);
    }
    assert.deepEqual(
      strings(extension().packageJSON).filter((text) => /^%.*%$/.test(text)),
      [],
    );
  });
});
