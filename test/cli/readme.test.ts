import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../lib/paths.ts';
import { createTestHome } from '../lib/testHome.ts';

test('the tour of the README runs as it is written', async () => {
  const readme = await readFile(join(repositoryRoot, 'README.md'), 'utf8');
  const [, commands = ''] = /```sh\n(alias auteur=[^`]*)```/.exec(readme) ?? [];
  expect(commands.split('\n').filter((line) => line.startsWith('auteur ')).length).toBeGreaterThan(8);
  const home = await createTestHome();
  try {
    const env = { ...home.env, AUTEUR_WORKSPACE: '' };
    const shell = spawn('bash', ['-eu', '-O', 'expand_aliases'], { cwd: repositoryRoot, env });
    let printed = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    shell.stdin.end(commands);
    await once(shell, 'close');
    expect(printed).toContain('Did again: Choose the active take of 01/01/01');
    expect(printed).toContain('No problems.');
    expect(shell.exitCode, printed).toBe(0);
  } finally {
    await home.dispose();
  }
});
