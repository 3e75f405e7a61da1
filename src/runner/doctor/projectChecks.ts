import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../../core/errors.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { Git, GitFailure } from '../../core/storage/git.ts';
import { unmergedStages } from '../../core/storage/merges/unmergedStages.ts';
import { check, failed, fine, skipped, warning, type Finding } from './check.ts';
import { commandLine, gitIn } from './commands.ts';
import { folderFinding } from './folderFinding.ts';
import { hookFinding } from './hookFinding.ts';
import { attributesFinding, filterFinding } from './lfsFindings.ts';
import { plainMediaFinding, mediaHereFinding } from './mediaFindings.ts';
import { diskFinding, projectRoom } from './stateChecks.ts';
import { outboxFinding, pendingFinding } from './takeFindings.ts';
import { editsFinding } from './waitingEdits.ts';

/** A lock file that is younger may be that of a Git at work. */
const youngLockMs = 60_000;

export interface ProjectLook {
  readonly root: string;
  readonly home: string;
  /** What was found out about the machine before. */
  readonly machine: readonly DoctorCheck[];
}

export async function projectChecks({ root, home, machine }: ProjectLook): Promise<DoctorCheck[]> {
  const look = (name: string, finding: () => Finding | Promise<Finding>) => check(name, finding, root);
  const repository = await repositoryChecks(root, machine);
  const asksGit = filtersWork([...repository, ...machine]);
  return [
    await look('Film folder', () => folderFinding(root)),
    await look('Disk of the project', () => diskFinding(root, projectRoom)),
    ...repository,
    await look('Takes to commit', () =>
      isWell(machine, 'Queue')
        ? pendingFinding({ home, root, asksGit })
        : skipped('not looked at, because the queue has to be mended first'),
    ),
    await look('Outputs not recorded', () => outboxFinding(root)),
  ];
}

function isWell(checks: readonly DoctorCheck[], name: string): boolean {
  return checks.some((one) => one.name === name && one.level === 'ok');
}

/** To see whether a file has changed, Git may filter it, and Git LFS then writes a hook that is missing. */
function filtersWork(checks: readonly DoctorCheck[]): boolean {
  return ['Git LFS', 'LFS filters', 'LFS hooks'].every((name) => isWell(checks, name));
}

async function repositoryChecks(root: string, machine: readonly DoctorCheck[]): Promise<DoctorCheck[]> {
  const git = new Git(root);
  const look = (name: string, finding: () => Finding | Promise<Finding>) => check(name, finding, root);
  if (!isWell(machine, 'Git')) {
    return [await look('Repository', () => skipped('not looked at, because Git has to be mended first'))];
  }
  const repository = await look('Repository', () => repositoryFinding(git));
  // Without one, Git would answer for whatever repository is around it.
  if (!repository.ok) return [repository];
  const filters = await look('LFS filters', () => filterFinding(git));
  const hooks = await look('LFS hooks', () => hookFinding(git));
  const asksGit = filtersWork([...machine, filters, hooks]);
  return [
    repository,
    await look('Merge or rebase', () => operationFinding(git)),
    await look('Index lock', () => lockFinding(git)),
    filters,
    await look('LFS attributes', () => attributesFinding(git)),
    hooks,
    await look('Media in Git', () => plainMediaFinding(git)),
    await look('Media here', () => mediaHereFinding(git)),
    await look('Edits to commit', () =>
      asksGit ? editsFinding(git) : skipped('not looked at, because Git LFS has to be mended first'),
    ),
  ];
}

async function repositoryFinding(git: Git): Promise<Finding> {
  try {
    await git.requireRepository();
    // Only Git itself says whether it works with what is there.
    await git.run(['rev-parse', '--git-dir']);
    return fine(git.root);
  } catch (error) {
    // Git itself names this setting where the folder belongs to another user.
    if (error instanceof GitFailure && error.output.includes('safe.directory')) {
      return failed(
        `${git.root} belongs to another user, so Git does nothing there`,
        'Tell Git that you trust it.',
        commandLine(['git', 'config', '--global', '--add', 'safe.directory', git.root]),
      );
    }
    if (!AuteurError.is(error, 'no-repository')) throw error;
    return failed(
      `${git.root} is not a Git repository of its own, so nothing can be committed there`,
      'Make one, then check again for Git LFS.',
      gitIn(git.root, 'init'),
    );
  }
}

async function operationFinding(git: Git): Promise<Finding> {
  const operation = await git.operationInProgress();
  if (operation === undefined) return fine('none in progress');
  const detail = `a ${operation} is in progress: takes are recorded, and committed when it is over`;
  if ((await unmergedStages(git)).length > 0) {
    return warning(
      detail,
      `Git could not merge all of it. Run "auteur validate --fix": it merges the texts and takes of the film and names what is left; or give it up with "git ${operation} --abort".`,
      commandLine(['auteur', '-C', git.root, 'validate', '--fix']),
    );
  }
  return warning(
    detail,
    `Finish it with "git ${operation} --continue", or give it up with "git ${operation} --abort".`,
    gitIn(git.root, 'status'),
  );
}

async function lockFinding(git: Git): Promise<Finding> {
  const lock = join(await git.gitDir(), 'index.lock');
  const age = await ageOf(lock);
  if (age === undefined) return fine('none');
  if (age < youngLockMs) {
    return warning(
      `${lock} is ${Math.round(age / 1000)} s old: a Git is at work`,
      'Wait a minute, then check again.',
    );
  }
  return failed(
    `${lock} has been there for ${duration(age)}, so nothing can be committed`,
    'A Git that was killed leaves it behind. If no Git is at work in this project, delete it.',
    commandLine([process.platform === 'win32' ? 'del' : 'rm', lock]),
  );
}

async function ageOf(path: string): Promise<number | undefined> {
  try {
    return Math.max(0, Date.now() - (await stat(path)).mtimeMs);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
