import { auteurJson } from '../cli/auteur.ts';
import { GenerateReply } from '../cli/shapes.ts';
import { withFilm, type FaultCase } from './faultCase.ts';
import type { Film } from './film.ts';
import { inspect } from './inspect.ts';

/** Two processes make takes of one shot at once: every take gets a number of its own. */
export function twoWriters(takesEach: number): readonly FaultCase[] {
  return [
    {
      name: `two processes make ${takesEach} takes of one shot each`,
      run: (films) => withFilm(films, (film) => writeAtOnce(film, takesEach)),
    },
  ];
}

async function writeAtOnce(film: Film, takesEach: number): Promise<string> {
  const calls = [1, 2].map(() => auteurJson(film, 'generate', '01/01/01', '--takes', String(takesEach)));
  const replies = (await Promise.all(calls)).map((reply) => {
    const { success, data } = GenerateReply.safeParse(reply);
    if (!success) throw new Error(JSON.stringify(reply));
    return data;
  });
  const failed = replies.flatMap((reply) => reply.failed);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  const numbers = new Set(replies.flatMap(({ takes }) => takes.map(({ take }) => take)));
  if (numbers.size !== 2 * takesEach) throw new Error(`${numbers.size} numbers for ${2 * takesEach} takes`);
  const { takes } = await inspect(film, { errors: [] });
  return `${numbers.size} distinct numbers, ${Math.min(...numbers)} to ${Math.max(...numbers)}, ${takes} takes`;
}
