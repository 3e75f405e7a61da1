import { auteur } from '../cli/auteur.ts';
import { describeFault, steps, type KillAtStep, type Step } from './fault.ts';
import { requireKilled, startFaulty, withFilm, type FaultCase } from './faultCase.ts';
import { recover, type Film } from './film.ts';
import { inspect } from './inspect.ts';

/** Steps that only an edit passes. */
const ofEdits = new Set<Step>(['file.renamed', 'edit.made', 'edit.noted', 'edit.settled']);
/** Steps of every file that is written, before anything is promised and after. */
const ofFiles = new Set<Step>(['file.written', 'file.linked', 'file.renamed']);

/** The process is killed at each step between a request and its commit. */
export function killAtSteps(): readonly FaultCase[] {
  return steps.flatMap((step) => {
    const times = ofFiles.has(step) ? [1, 2, 3] : [1];
    return times.map((nth) => caseOf({ kind: 'step', step, nth }));
  });
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
