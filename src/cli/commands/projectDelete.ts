import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { AuteurError, toFailure } from '../../core/errors.ts';
import type { GitStatus } from '../../core/protocol/gitStatus.ts';
import { exitCodes, InterruptedError, UsageError } from '../exit.ts';
import { oneLine, plural } from '../format/text.ts';
import type { Reply } from '../reply.ts';
import { runWatched } from '../runWatched.ts';
import type { Session } from '../session.ts';

export interface DeleteOptions {
  readonly confirm?: string;
}

export async function deleteProject(session: Session, { confirm }: DeleteOptions): Promise<Reply> {
  const root = await session.project();
  const { project } = await session.studio().film(root);
  for (const line of await warnings(session, root)) session.terminal.note(line);
  const name = confirm ?? (await askName(session, project.name));
  const { path } = await runWatched(session, { kind: 'trash', root, name });
  return {
    json: { trash: path },
    lines: [
      `"${oneLine(project.name)}" is in the trash now: ${oneLine(path)}`,
      'Move it back to Projects/ to have it again.',
    ],
  };
}

/** What is nowhere else. */
async function warnings(session: Session, root: string): Promise<readonly string[]> {
  try {
    return losses(await session.studio().gitStatus(root)).map((loss) => `warning: ${loss}`);
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    return [`warning: whether anything is pushed cannot be told: ${oneLine(toFailure(error).message)}`];
  }
}

function losses({ takes, changed, others, unpushed, unpushedTakes }: GitStatus): readonly string[] {
  return [
    ...(takes > 0 ? [`${plural(takes, 'take')} not committed yet`] : []),
    ...(changed + others > 0 ? [`${plural(changed + others, 'changed file')} not committed`] : []),
    ...(unpushedTakes > 0 ? [neverPushed(unpushedTakes)] : []),
    ...(unpushed > 0 ? [`${plural(unpushed, 'commit')} on no other machine: they were not pushed`] : []),
  ];
}

function neverPushed(takes: number): string {
  return takes === 1 ? '1 take was never pushed' : `${takes} takes were never pushed`;
}

async function askName({ terminal, interrupt }: Session, name: string): Promise<string> {
  if (terminal.json || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError('Nobody can be asked for the name here.', 'Say it with --confirm "its name".');
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(`Type the name of the film to delete it (${oneLine(name)}): `, {
      signal: interrupt.signal,
    });
  } catch (error) {
    if (AuteurError.is(error)) throw error;
    throw new InterruptedError('Nothing was deleted.', exitCodes.interrupted, { cause: error });
  } finally {
    lines.close();
  }
}
