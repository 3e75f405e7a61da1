import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { installShim, shimFiles, type ShimTarget } from './shim.ts';

const run = promisify(execFile);

/** What a user's home, a Windows account or an archive may be called. */
const awkward = `it's "50% off" $HOME \`id\` & (co); über #1 \\ !`;

const program = `
process.on('SIGINT', () => process.exit(130));
process.stdout.write(JSON.stringify({ args: process.argv.slice(2), electron: process.env.ELECTRON_RUN_AS_NODE ?? null }));
if (process.argv[2] === 'wait') setInterval(() => undefined, 1000);
if (process.argv[2] === 'read') process.stdin.pipe(process.stderr);
if (process.argv[2] === 'fail') process.exitCode = 7;`;

/** A program to start and the Node to start it with, both in folders of an awkward name. */
function aTarget(electron = false): { folder: string; target: ShimTarget } {
  const root = join(tempFolder(), awkward);
  mkdirSync(root);
  const target = { node: join(root, 'node'), cli: join(root, 'cli.cjs'), electron };
  symlinkSync(process.execPath, target.node);
  writeFileSync(target.cli, program);
  return { folder: join(root, 'bin'), target };
}

describe('the command in a shell', () => {
  it.each([false, true])(
    'passes arguments on as they are, in folders of any name (Electron: %s)',
    async (electron) => {
      const { folder, target } = aTarget(electron);
      await installShim(folder, target);
      const args = ['add', '', '  two  spaces ', awkward, '*', '--', '-x', 'line\nbreak'];
      const { stdout } = await run(join(folder, 'auteur'), args);
      expect(JSON.parse(stdout)).toEqual({ args, electron: electron ? '1' : null });
    },
  );

  it('passes on input, exit code and Ctrl+C', async () => {
    const { folder, target } = aTarget();
    await installShim(folder, target);
    const auteur = join(folder, 'auteur');
    await expect(run(auteur, ['fail'])).rejects.toMatchObject({ code: 7 });

    const reading = spawn(auteur, ['read'], { stdio: ['pipe', 'ignore', 'pipe'] });
    reading.stdin.end('a line');
    expect(String((await once(reading.stderr, 'data'))[0])).toBe('a line');

    const waiting = spawn(auteur, ['wait']);
    await once(waiting.stdout, 'data');
    waiting.kill('SIGINT');
    expect(await once(waiting, 'exit')).toEqual([130, null]);
  });

  it('says what to do when its extension is gone', async () => {
    const { folder, target } = aTarget();
    await installShim(folder, target);
    rmSync(target.cli);
    const error: unknown = await run(join(folder, 'auteur')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 1, stdout: '' });
    expect(error).toHaveProperty('stderr', expect.stringMatching(/^error: .+\nhint: .+Reload Window.+\n$/));
  });

  it('follows the extension to its new place, and leaves alone what is right', async () => {
    const { folder, target } = aTarget();
    const auteur = join(folder, 'auteur');
    await installShim(folder, { ...target, cli: '/gone/cli.cjs' });
    await Promise.all([installShim(folder, target), installShim(folder, target)]);
    const first = statSync(auteur);
    await installShim(folder, target);
    expect(statSync(auteur).ino).toBe(first.ino);
    expect(readFileSync(auteur, 'utf8')).toContain('cli.cjs');
    chmodSync(auteur, 0o644);
    await installShim(folder, target);
    expect((await run(auteur)).stdout).toContain('args');
  });
});

describe('the command on Windows', () => {
  const user = 'C:\\Users\\Jürgen 100%';
  const folder = `${user}\\AppData\\Roaming\\Code\\User\\globalStorage\\auteur\\bin`;

  function files(node: string): ReadonlyMap<string, string> {
    const target = { node, cli: `${user}\\.vscode\\extensions\\auteur\\dist\\cli.cjs`, electron: true };
    return new Map(shimFiles(folder, target, 'win32').map(({ name, content }) => [name, content]));
  }

  it('is a batch file that names the user nowhere, so that no code page can garble it', () => {
    const cmd = files(`${user}\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe`).get('auteur.cmd');
    expect(cmd).toContain(
      '\r\n"%~dp0..\\..\\..\\..\\..\\..\\Local\\Programs\\Microsoft VS Code\\Code.exe" "%~dp0..\\..\\..\\..\\..\\..\\..\\.vscode\\extensions\\auteur\\dist\\cli.cjs" %*\r\n',
    );
    expect(cmd).toContain('setlocal\r\nset "ELECTRON_RUN_AS_NODE=1"\r\n');
    expect(cmd).not.toMatch(/ü|chcp/);
  });

  it('is read as UTF-8 where a path on another disk is not ASCII', () => {
    const cmd = files('D:\\Küche 5%\\Code.exe').get('auteur.cmd');
    expect(cmd).toContain('chcp 65001 >nul\r\n');
    expect(cmd).toContain('"D:\\Küche 5%%\\Code.exe"');
  });

  it('is a shell script for Git Bash too, with slashes that it takes', () => {
    expect(files('C:\\Code.exe').get('auteur')).toContain("node='C:/Code.exe'\n");
  });
});
