import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { repositoryRoot } from '../lib/paths.ts';
import { programFolder } from '../lib/programFolder.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const Version = z.object({ version: z.string() });
const Listed = z.object({ workspace: z.string(), projects: z.array(z.object({ name: z.string() })) });
const Doctor = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

const patience = { timeout: 60_000 };
// The last ones are what VS Code's shell integration for bash is written with.
const needed = ['bash', 'sh', 'git', 'git-lfs', 'cut', 'sed', 'uname'];
const shared = testWindow('terminal');
let home: TestHome;
let programs: string;
let workbench: Workbench;

/** A machine with Git and a shell, and neither Node nor `auteur` on its PATH. */
beforeAll(async () => {
  home = await shared.makeHome();
  programs = programFolder(join(home.root, 'programs'), needed);
  // VS Code's server too asks the login shell for the PATH.
  writeFileSync(join(home.env['HOME'] ?? '', '.bash_profile'), `PATH='${programs}'\nMET=profile\n`);
  const server = await shared.startServer({
    env: { ...home.env, PATH: programs, SHELL: join(programs, 'bash') },
  });
  const settings = {
    'terminal.integrated.profiles.linux': { login: { path: 'bash', args: ['--login'] } },
  };
  workbench = await shared.openOn(server, { folder: home.workspace, settings });
});

/** Types a command line, and reads what it left in a file once it has ended. */
async function type(line: string): Promise<{ output: string; code: number }> {
  const name = `typed-${performance.now()}`;
  const file = join(home.workspace, name);
  await workbench.terminal.type(`${line} > ${name} 2>&1; echo $? > ${name}.code`);
  const code = `${file}.code`;
  await expect.poll(() => existsSync(code) && readFileSync(code, 'utf8'), patience).toMatch(/\n$/);
  return { output: readFileSync(file, 'utf8'), code: Number(readFileSync(code, 'utf8')) };
}

async function typeJson(line: string): Promise<unknown> {
  const { output } = await type(`${line} --json`);
  return JSON.parse(output);
}

describe("auteur in VS Code's terminal, on a machine without it and without Node", () => {
  it('is there in a new terminal', async () => {
    await workbench.openActivity('Auteur');
    await workbench.terminal.open();
    expect(await type('command -v node')).toEqual({ output: '', code: 1 });
    const { version } = Version.parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
    expect(await type('auteur --version')).toEqual({ output: `${version}\n`, code: 0 });
  });

  it('makes a film, finds it and draws a take of it', async () => {
    expect((await type('auteur new "Night Train" --quality low --structure three-act')).code).toBe(0);
    expect(Listed.parse(await typeJson('auteur list'))).toMatchObject({
      workspace: home.workspace,
      projects: [{ name: 'Night Train' }],
    });
    await workbench.terminal.type('cd Projects/Night_Train');
    await workbench.terminal.type('auteur add scene 01 "The platform" && auteur add shot 01/01 "She waits"');
    await workbench.terminal.type('auteur generate 01/01/01; cd ../..');
    const take = 'Projects/Night_Train/03_Renders/Chapter_01/Scene_01/Shot_01/S01_S01_take01.png';
    await expect.poll(() => existsSync(join(home.workspace, take)), patience).toBe(true);
  });

  it('has a doctor who knows the VS Code it runs in, and finds nothing to mend', async () => {
    const { ok, checks } = Doctor.parse(await typeJson('auteur -C Projects/Night_Train doctor'));
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.find(({ name }) => name === 'VS Code')?.detail).toMatch(/^1\.\d+\.\d+/);
    await workbench.terminal.type('auteur -C Projects/Night_Train doctor');
    await expect.poll(() => workbench.terminal.text(), patience).toContain('✓ LFS attributes');
    await workbench.screenshot('terminal-doctor');
  });

  it('is reached by Ctrl+C', async () => {
    await workbench.terminal.type('auteur worker; echo "ended with $?"');
    await expect.poll(() => workbench.terminal.text(), patience).toContain('Ctrl+C ends the worker');
    await workbench.page.keyboard.press('Control+c');
    await expect.poll(() => workbench.terminal.text(), patience).toMatch(/0 takes made\.\nended with 0/);
  });

  it('is found in a login shell, whose start-up files set the PATH anew', async () => {
    await workbench.terminal.open('login');
    expect(await type('echo $MET')).toEqual({ output: 'profile\n', code: 0 });
    expect((await type('auteur --version')).code).toBe(0);
  });

  it('has a twin in the palette, whose command mends what is wrong', async () => {
    const filter = 'filter.lfs.process';
    const config = (...args: string[]) =>
      spawnSync('git', ['-C', join(home.workspace, 'Projects/Night_Train'), 'config', '--local', ...args], {
        encoding: 'utf8',
      });
    config('--unset', filter);
    await workbench.runCommand('Auteur: Check Set-Up');
    await workbench.page.getByText('Set-Up: 1 to mend, 0 to look at').waitFor();
    const line = workbench.quickPick('LFS filters');
    await line.waitFor();
    await workbench.screenshot('check-setup');
    await line.hover();
    await line.getByRole('button', { name: 'Put Into a Terminal' }).click();
    await expect.poll(() => workbench.terminal.text(), patience).toContain('lfs install');
    expect(config(filter).status).toBe(1);
    await workbench.terminal.focus();
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => config(filter).stdout, patience).toMatch(/filter-process/);
    await workbench.runCommand('Auteur: Check Set-Up');
    await workbench.page.getByText('Set-Up: everything is in order').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('is there after the window was reloaded', async () => {
    await workbench.reload();
    await workbench.terminal.open();
    expect((await type('auteur list')).code).toBe(0);
  });
});
