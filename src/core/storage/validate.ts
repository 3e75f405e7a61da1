import { join } from 'node:path';
import PQueue from 'p-queue';
import type { Problem } from '../protocol/views.ts';
import { uncommittedPaths } from './commit.ts';
import { Git } from './git.ts';
import { plainMedia } from './lfs.ts';
import { isThere } from './locate.ts';
import { unmergedStages } from './merges/unmergedStages.ts';
import { unmergedTakes } from './merges/unmergedTakes.ts';
import { textKindOf } from './merges/unmergedTexts.ts';
import { checkBeats } from './validateBeats.ts';
import { attempt, problemOf, type Report } from './problems.ts';
import { readProject, type PlacedShot } from './projectFiles.ts';
import { checkAssets, checkShotLists, checkShots } from './validateFilm.ts';
import { checkNumbers } from './validateNumbers.ts';
import { checkFilmReferences } from './validateReferences.ts';
import { checkTakes } from './validateTakes.ts';
import { requireWanted, type Watch } from './watch.ts';

/** Shots whose folders are looked at side by side: the disk is waited for most of the time. */
const lanes = 4;

const nobodyWaits: Watch = { signal: new AbortController().signal, tell: () => undefined };

/**
 * Everything in a project that does not hold together, from its text to what Git has of its takes.
 * @throws AuteurError `work-cancelled`
 */
export async function validateProject(
  root: string,
  options: { git: boolean },
  watch: Watch = nobodyWaits,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const project = await attempt('project.json', report, async () => (await readProject(root)).value);
  if (project === undefined) {
    if (options.git) await attempt('.git', report, () => checkUnmerged(root, report));
    return toldOnce(problems);
  }
  checkNumbers(project, report);
  checkFilmReferences(project, report);
  checkBeats(project, report);
  const wardrobes = await checkAssets(root, project, report);
  const shots = await checkShotLists(root, project, report);
  checkShots(project, shots, wardrobes, report);
  problems.push(...(await takeProblems(root, shots, watch)));
  if (!options.git) return problems;
  await attempt('.git', report, () => checkGit(root, report));
  return toldOnce(problems);
}

const unmergedCodes: ReadonlySet<string> = new Set(['take-unmerged', 'text-unmerged', 'film-in-conflict']);

/** What Git has left of unmerged files cannot be read, and that is told already. */
function toldOnce(problems: readonly Problem[]): readonly Problem[] {
  const isUnmerged = ({ code }: Problem): boolean => unmergedCodes.has(code);
  const unmerged = new Set(problems.filter(isUnmerged).map(({ path }) => path));
  return problems.filter((problem) => isUnmerged(problem) || !unmerged.has(problem.path));
}

/** In the order of the film. */
async function takeProblems(
  root: string,
  shots: readonly PlacedShot[],
  watch: Watch,
): Promise<readonly Problem[]> {
  const queue = new PQueue({ concurrency: lanes });
  let done = 0;
  const found = await queue.addAll(
    shots.map((placed) => async (): Promise<readonly Problem[]> => {
      requireWanted(watch);
      const problems: Problem[] = [];
      const report: Report = (problem) => problems.push(problem);
      await attempt(placed.shot.folder, report, () => checkTakes(root, placed, report));
      watch.tell({ step: 'checking', done: ++done, total: shots.length });
      return problems;
    }),
  );
  return found.flat();
}

function unmerged(path: string, number: number): Problem {
  return {
    path,
    code: 'take-unmerged',
    message: `Two branches have made a take ${number} of this shot, and Git could not merge them.`,
    hint: 'Run "auteur validate --fix": it keeps both and gives the later one the next number.',
  };
}

function textUnmerged(path: string): Problem {
  return {
    path,
    code: 'text-unmerged',
    message: 'Two branches have changed this file, and Git could not merge them.',
    hint: 'Run "auteur validate --fix": it merges them by id, and says what both have changed to something else.',
  };
}

async function checkUnmerged(root: string, report: Report): Promise<void> {
  if (!(await isThere(join(root, '.git')))) return;
  const git = new Git(root);
  const others = new Set((await unmergedStages(git)).map(({ path }) => path));
  for (const path of [...others]) {
    if (textKindOf(path) === undefined) continue;
    report(textUnmerged(path));
    others.delete(path);
  }
  for (const { files, number } of await unmergedTakes(git)) {
    for (const path of files.keys()) {
      report(unmerged(path, number));
      others.delete(path);
    }
  }
  // Such as a treatment: what it should say, only its writers know.
  for (const path of others) report(problemOf('film-in-conflict', { path, data: { path } }));
}

async function checkGit(root: string, report: Report): Promise<void> {
  if (!(await isThere(join(root, '.git')))) {
    report({
      path: '.git',
      code: 'no-repository',
      message: 'The project is not a Git repository, so its takes are not recorded.',
      hint: 'Run "git init" and "git lfs install --local" in the project.',
    });
    return;
  }
  const git = new Git(root);
  await checkUnmerged(root, report);
  for (const path of await plainMedia(git)) {
    report({
      path,
      code: 'media-not-lfs',
      message: 'This file is in Git as a plain file instead of Git LFS.',
      hint: 'Convert it with "auteur doctor --convert-media", all such files at once: a new commit stores them in Git LFS.',
    });
  }
  for (const path of await uncommittedPaths(root, ['03_Renders'])) {
    report({
      path,
      code: 'take-not-committed',
      message: 'This file of a take is not committed.',
      hint: 'Open the project or run "auteur worker --once": it is committed when Git allows it.',
    });
  }
}
