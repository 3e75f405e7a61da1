import { homedir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { gitVersion, lfsVersion, requireIdentity } from '../../core/storage/gitTools.ts';
import { check, failed, fine, skipped, warning, type Finding } from './check.ts';
import { installCommand } from './commands.ts';
import { isAtLeast } from './versions.ts';

/** What the extension is built for (`engines.vscode`). */
const vscodeFloor = [1, 106] as const;
/** `git init --initial-branch` came with it; `--pathspec-from-file`, the other new one we use, with 2.26. */
const gitFloor = [2, 28] as const;
/** The filter process came with it: the older filters start one program for each file. */
const lfsFloor = [2, 0] as const;

/** The programs that recording takes needs. */
export async function programChecks(folder: string, vscode: string | undefined): Promise<DoctorCheck[]> {
  const editor = await check('VS Code', () => editorFinding(vscode));
  const node = await check('Node', () => fine(`${process.versions.node}, with SQLite ${sqliteVersion()}`));
  const git = await check('Git', gitFinding);
  if (!git.ok) {
    const without = (name: string) =>
      check(name, () => skipped('not looked at, because Git has to be mended first'));
    return [editor, node, git, await without('Git LFS'), await without('Git identity')];
  }
  const lfs = await check('Git LFS', lfsFinding);
  const identity = await check('Git identity', async () => fine(await requireIdentity(folder)));
  return [editor, node, git, lfs, identity];
}

function editorFinding(version: string | undefined): Finding {
  if (version === undefined) return skipped('not asked from VS Code or its terminal');
  if (isAtLeast(version, vscodeFloor) !== false) return fine(version);
  return warning(
    `${version}, too old for the extension, which needs ${vscodeFloor.join('.')} or later`,
    'Update it with "Code: Check for Updates" in its Command Palette; the command line works all the same.',
  );
}

async function gitFinding(): Promise<Finding> {
  const version = await gitVersion(homedir());
  if (isAtLeast(version, gitFloor) !== false) return fine(version);
  return failed(
    `${version} is too old: projects are made with what came with Git ${gitFloor.join('.')}`,
    'Install a newer Git.',
    installCommand('git'),
  );
}

async function lfsFinding(): Promise<Finding> {
  const version = (await lfsVersion(homedir())).replace(/^git-lfs\/(\S+).*$/, '$1');
  if (isAtLeast(version, lfsFloor) !== false) return fine(version);
  return failed(
    `${version} is too old: takes are stored through the filter process, which came with ${lfsFloor.join('.')}`,
    'Install a newer Git LFS.',
    installCommand('git-lfs'),
  );
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  try {
    return String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  } finally {
    database.close();
  }
}
