import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
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
}

export async function aVisit(): Promise<Visit> {
  const { root } = await testFilm({ name: `It's "5 o'clock" & raining` });
  const home = join(tempFolder(), 'state of mine');
  const checks = () => doctor({ folder: root, home, vscode: '1.139.1' });
  const check = async (name: string): Promise<DoctorCheck> => {
    const found = (await checks()).find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no check named ${name}`);
    return found;
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
    mend: async (name) => {
      const { command } = await check(name);
      if (command === undefined) throw new Error(`${name} names no command`);
      execFileSync('/bin/sh', ['-c', command], { cwd: '/', stdio: 'pipe' });
      expect(await check(name)).toMatchObject({ level: 'ok', ok: true });
    },
  };
}
