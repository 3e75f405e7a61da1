import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ShotList } from '../../src/core/model/shotList.ts';
import { auteur } from '../cli/auteur.ts';
import { describeFault, steps, type KillAtStep, type Step } from './fault.ts';
import { requireKilled, startFaulty, withFilm, type FaultCase } from './faultCase.ts';
import { recover, type Film } from './film.ts';
import { inspect } from './inspect.ts';

/** Steps that only an edit passes. */
const ofEdits = new Set<Step>(['file.renamed', 'edit.made', 'edit.noted', 'edit.settled']);
/** Steps of every file that is written, before anything is promised and after. */
const ofFiles = new Set<Step>(['file.written', 'file.linked', 'file.renamed']);

/** What an undo and a redo pass, and how often: the intent, the shot list, the confirmation, the journal. */
const ofUndo = new Map<Step, number>([
  ['file.renamed', 5],
  ['edit.made', 1],
  ['edit.noted', 1],
  ['commit.staged', 1],
  ['commit.made', 1],
  ['edit.settled', 1],
]);

/** The process is killed at each step between a request and its commit. */
export function killAtSteps(): readonly FaultCase[] {
  const requests = steps.flatMap((step) => faults(step, ofFiles.has(step) ? 3 : 1));
  const undos = [...ofUndo].flatMap(([step, times]) => faults(step, times));
  return [
    ...requests.map((fault) => caseOf(fault, ofEdits.has(fault.step) ? duringEdit : duringTake)),
    ...undos.map((fault) => caseOf(fault, duringHistory, ' during undo and redo')),
  ];
}

function faults(step: Step, times: number): readonly KillAtStep[] {
  return Array.from({ length: times }, (_, index) => ({ kind: 'step', step, nth: index + 1 }));
}

function caseOf(
  fault: KillAtStep,
  play: (film: Film, fault: KillAtStep) => Promise<string>,
  when = '',
): FaultCase {
  return {
    name: describeFault(fault) + when,
    run: (films) => withFilm(films, (film) => play(film, fault)),
  };
}

async function duringTake(film: Film, fault: KillAtStep): Promise<string> {
  const running = startFaulty(film, fault, ['generate', '01/01/01', '01/01/02', '--takes', '2']);
  requireKilled(running, await running.ended);
  await recover(film);
  const { takes } = await inspect(film, { errors: [] });
  // Before it is accepted nothing is promised; from then on every take is made.
  const allowed = ofFiles.has(fault.step) ? [1, 5] : fault.step === 'request.resolved' ? [1] : [5];
  if (!allowed.includes(takes)) throw new Error(`${takes} takes, not ${allowed.join(' or ')}`);
  return `${takes} takes`;
}

async function duringEdit(film: Film, fault: KillAtStep): Promise<string> {
  const running = startFaulty(film, fault, ['add', 'shot', '01/01', 'A shot that was cut off']);
  requireKilled(running, await running.ended);
  const next = await auteur(film, 'add', 'shot', '01/01', 'The next one');
  if (next.code !== 0) throw new Error(next.stderr);
  const allowed = ofFiles.has(fault.step) ? ['01/01/03', '01/01/04'] : ['01/01/04'];
  const address = next.stdout.trim();
  if (!allowed.includes(address)) throw new Error(`The next shot is ${address}`);
  await inspect(film, { errors: [] });
  return `the next shot is ${address}`;
}

/** Whatever a kill has left, the next call undoes the edit, or does it again. */
async function duringHistory(film: Film, fault: KillAtStep): Promise<string> {
  const without = await shotsIn(film);
  await succeed(film, 'add', 'shot', '01/01', 'A shot to take back');
  const withIt = await shotsIn(film);
  const undone = await killedAndFinished(film, fault, 'undo', without);
  const redone = await killedAndFinished(film, fault, 'redo', withIt);
  await inspect(film, { errors: [] });
  return `undo ${undone}, redo ${redone}`;
}

async function killedAndFinished(
  film: Film,
  fault: KillAtStep,
  call: 'undo' | 'redo',
  wanted: string,
): Promise<string> {
  const running = startFaulty(film, fault, [call]);
  requireKilled(running, await running.ended);
  const wasDone = (await shotsIn(film)) === wanted;
  if (!wasDone) await succeed(film, call);
  const shots = await shotsIn(film);
  if (shots !== wanted) throw new Error(`After ${call} the scene has ${shots}, not ${wanted}`);
  return wasDone ? 'was done' : 'was not done yet';
}

/** The ids of the scene's shots, in their order. */
async function shotsIn({ root }: Film): Promise<string> {
  const path = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
  return ShotList.parse(JSON.parse(await readFile(path, 'utf8')))
    .shots.map(({ id }) => id)
    .join(', ');
}

async function succeed(film: Film, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await auteur(film, ...args);
  if (code !== 0) throw new Error(`auteur ${args.join(' ')}: ${stderr}`);
}
