import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { oneLine } from '../../src/cli/format/text.ts';
import { isTypeable } from '../../src/core/domain/shellWord.ts';
import type { DoctorCheck } from '../../src/core/protocol/views.ts';
import { doctor } from '../../src/runner/doctor/doctor.ts';
import { tempFolder } from './tempFolder.ts';
import { testFilm } from './testFilm.ts';

/** A film, a state folder of its own, and a doctor for both. */
export interface Visit {
  readonly root: string;
  readonly home: string;
  checks(): Promise<readonly DoctorCheck[]>;
  /** The one check of that name. */
  check(name: string): Promise<DoctorCheck>;
  /** Everything that is not in order, as `name: level`. */
  troubles(): Promise<readonly string[]>;
  git(...args: readonly string[]): void;
  /** Pastes the check's command into a shell, somewhere else, and expects the check to be in order then. */
  mend(name: string): Promise<void>;
  /** The same, where the check has another command after this one. */
  paste(name: string): Promise<void>;
}

/** `folder` is what the film's folder is called, where no film would be made under that name. */
export async function aVisit(folder?: string): Promise<Visit> {
  const film = await testFilm({ name: `It's "5 o'clock" & raining` });
  const root = folder === undefined ? film.root : join(film.workspace, folder);
  if (root !== film.root) renameSync(film.root, root);
  const home = join(tempFolder(), 'state of mine');
  const checks = () => doctor({ folder: root, home, vscode: '1.139.1' });
  const check = async (name: string): Promise<DoctorCheck> => {
    const found = (await checks()).find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no check named ${name}`);
    return found;
  };
  const paste = async (name: string): Promise<void> => {
    const { command } = await check(name);
    if (command === undefined) throw new Error(`${name} names no command`);
    expect(isTypeable(command)).toBe(true);
    // The command line prints it whole.
    expect(oneLine(command)).toBe(command);
    expect(command).not.toContain('&&');
    execFileSync('bash', ['-c', command], { cwd: '/', stdio: 'pipe' });
  };
  return {
    root,
    home,
    checks,
    check,
    troubles: async () =>
      (await checks())
        .filter(({ level }) => level === 'failed' || level === 'warning')
        .map(({ name, level }) => `${name}: ${level}`),
    git: (...args) => {
      execFileSync('git', args, { cwd: root, stdio: 'pipe' });
    },
    paste,
    mend: async (name) => {
      await paste(name);
      expect(await check(name)).toMatchObject({ level: 'ok', ok: true });
    },
  };
}
