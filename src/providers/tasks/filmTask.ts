import * as z from 'zod/mini';
import { AuteurError } from '../../core/errors.ts';
import { qualities } from '../../core/model/choices.ts';
import type { GenerateRequest } from '../../core/ports/studio.ts';
import { taskActions, tasks } from '../contributions.ts';

/** How takes are made. */
const Options = z.object({
  takes: z.exactOptional(z.number()),
  quality: z.exactOptional(z.enum(qualities)),
  pipeline: z.exactOptional(z.string()),
  seed: z.exactOptional(z.number()),
});

/** What stands in tasks.json: untrusted input. */
const Definition = z.object({
  type: z.literal(tasks.type),
  action: z.enum(taskActions),
  project: z.exactOptional(z.string()),
  shots: z.exactOptional(z.array(z.string())),
  ...Options.shape,
});

/** What a task is to do. */
export type FilmTask = { readonly project?: string } & (
  | { readonly action: 'generate'; readonly request: Omit<GenerateRequest, 'root'> }
  | { readonly action: 'exportFrames' }
);

/** @throws AuteurError `task-invalid` */
export function readFilmTask(definition: unknown): FilmTask {
  const parsed = Definition.safeParse(definition);
  if (!parsed.success) throw invalid(issueWords(parsed.error));
  const { action, project, shots } = parsed.data;
  const film = project === undefined ? {} : { project };
  if (action === 'exportFrames') {
    const unused = ['shots', ...Object.keys(Options.shape)].find((name) => name in parsed.data);
    if (unused !== undefined) throw invalid(`exportFrames is about the whole film and takes no "${unused}"`);
    return { ...film, action };
  }
  if (shots?.length === 0 || (shots === undefined && action === 'generate'))
    throw invalid('it does not say which shots: "shots": ["01/*/*"], or ["**"] for the whole film');
  const kind = { generateMissing: { missing: true }, regenerateStale: { stale: true }, generate: {} }[action];
  const how = Options.parse(parsed.data);
  return { ...film, action: 'generate', request: { addresses: shots ?? [], ...how, ...kind } };
}

function invalid(reason: string): AuteurError {
  return new AuteurError('task-invalid', { reason });
}

const expected: Readonly<Record<string, string>> = {
  action: `one of ${taskActions.join(', ')}`,
  quality: `one of ${qualities.join(', ')}`,
  shots: 'a list of addresses such as "01/*/*"',
  takes: 'a number',
  seed: 'a number',
};

function issueWords({ issues }: z.core.$ZodError): string {
  const name = String(issues[0]?.path[0] ?? 'type');
  return `"${name}" is to be ${expected[name] ?? 'a text'}`;
}
