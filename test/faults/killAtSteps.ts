import { auteur } from '../cli/auteur.ts';
import { describeFault, steps, type KillAtStep } from './fault.ts';
import { requireKilled, startFaulty, withFilm, type FaultCase } from './faultCase.ts';
import { recover, type Film } from './film.ts';
import { inspect } from './inspect.ts';

/** Steps that only an edit passes. */
const ofEdits = new Set(['file.renamed', 'edit.made', 'edit.noted', 'edit.settled']);

/** The process is killed at each step between a request and its commit. */
export function killAtSteps(): readonly FaultCase[] {
  return steps.map((step) => caseOf({ kind: 'step', step, nth: 1 }));
}

function caseOf(fault: KillAtStep): FaultCase {
  return {
    name: describeFault(fault),
    run: (films) =>
      withFilm(films, (film) =>
        ofEdits.has(fault.step) ? duringEdit(film, fault) : duringTake(film, fault),
      ),
  };
}

async function duringTake(film: Film, fault: KillAtStep): Promise<string> {
  const running = startFaulty(film, fault, ['generate', '01/01/01', '01/01/02', '--takes', '2']);
  requireKilled(running, await running.ended);
  await recover(film);
  const { takes } = await inspect(film, { errors: [] });
  // Before it is accepted nothing is promised; from then on every take is made.
  const expected = fault.step === 'request.resolved' ? 1 : 5;
  if (takes !== expected) throw new Error(`${takes} takes, not ${expected}`);
  return `${takes} takes`;
}

async function duringEdit(film: Film, fault: KillAtStep): Promise<string> {
  const running = startFaulty(film, fault, ['add', 'shot', '01/01', 'A shot that was cut off']);
  requireKilled(running, await running.ended);
  const next = await auteur(film, 'add', 'shot', '01/01', 'The next one');
  if (next.code !== 0) throw new Error(next.stderr);
  if (next.stdout.trim() !== '01/01/04') throw new Error(`The next shot is ${next.stdout.trim()}`);
  await inspect(film, { errors: [] });
  return 'both shots are there';
}
